import { jsonOrNone } from '@helpdesk/core';
import { Call, Value } from './payload.js';

/** Where in a call a message stands. */
export interface Place {
  readonly entry: number;
  readonly change: number;
  readonly message: number;
}

/** One change of a call that is about messages, with its numbers in the call. */
export interface FoundChange {
  readonly entry: number;
  readonly change: number;
  readonly value: Value;
}

/** The changes of a call that are about messages; undefined when it, or one of them, cannot be read. */
export function readCall(raw: string | Buffer): readonly FoundChange[] | undefined {
  const call = Call.safeParse(jsonOrNone(raw.toString()));
  if (!call.success) return undefined;
  const found = call.data.entry.flatMap(({ changes }, entry) =>
    changes.map(({ field, value }, change) => ({ field, entry, change, value: Value.safeParse(value) })),
  );
  const ofMessages = found.filter(({ field }) => field === 'messages');
  const changes = ofMessages.flatMap(({ entry, change, value }) =>
    value.success ? [{ entry, change, value: value.data }] : [],
  );
  return changes.length < ofMessages.length ? undefined : changes;
}
