import type { EventName } from '../hooks/catalogue.js';
import type { BatchFollower, BatchOptions, BatchTap } from './follower-types.js';
import type { LoggedEvent } from './logged-event.js';

const LARGEST_BATCH = 5000;

/** A follower for derived tables: one tap for all its events, several at a time, in the transaction of the cursor. */
export function followInBatches<N extends EventName>(
  names: readonly N[],
  tap: BatchTap<N>,
  { name, from = 'now', size }: BatchOptions,
): BatchFollower {
  return {
    kind: 'batches',
    name,
    from,
    events: names,
    size: Math.min(Math.max(1, Math.floor(size)), LARGEST_BATCH),
    tap: (batch, step) => tap(only(batch), step),
  };
}

// Only events of `names` are ever read for this follower.
const only = <N extends EventName>(batch: readonly LoggedEvent[]) =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  batch as unknown as readonly LoggedEvent<N>[];
