import type { App } from '../database/app.js';
import type { EventSource } from './event-source.js';
import {
  FOLLOWER_LEASE_MS,
  freeLease,
  type Lease,
  LeaseLost,
  moveCursor,
  renewLease,
  takeLease,
} from './follower-lease.js';
import type { FollowerDefinition } from './follower-types.js';
import { runBatches } from './run-batches.js';
import { runEach } from './run-each.js';
import { runLetters } from './run-letters.js';

/** What is known of a follower before its lease is taken. */
export interface FollowerNews {
  /** The newest event. */
  newest: number;
  /** The cursor as stored. */
  cursor: number;
  hasLetter: boolean;
  events: EventSource;
}

export interface FollowerRunner {
  readonly definition: FollowerDefinition;
  isBusy(): boolean;
  /** Up to where nothing is left to do, as far as is known; at least the cursor that is given. */
  seen(cursor: number): number;
  /** Runs until nothing is left. @returns whether there was anything to do */
  work(news: FollowerNews): Promise<boolean>;
  /** Asks what runs to end after the event under way. */
  stop(): void;
  free(): Promise<void>;
}

// Events that are of no interest move the stored cursor only so often: each move is a write.
const SAVE_AFTER_IDLE = 10_000;

export function createFollowerRunner(
  app: App,
  definition: FollowerDefinition,
  owner: string,
): FollowerRunner {
  let lease: Lease | undefined;
  let isBusy = false;
  let isStopping = false;
  /** Nothing of interest lies between the stored cursor and here. */
  let looked = 0;

  async function leased(): Promise<Lease | undefined> {
    const isFresh = lease && lease.until - app.now().getTime() > FOLLOWER_LEASE_MS / 2;
    if (!isFresh) lease = await takeLease(app, definition.name, owner);
    return lease;
  }

  async function work({ newest, cursor, hasLetter, events }: FollowerNews): Promise<boolean> {
    const upTo = newest;
    const ahead = await events.seek({ after: Math.max(cursor, looked), upTo, names: definition.events });
    looked = ahead.through;
    const isFarBehind = looked - cursor > SAVE_AFTER_IDLE;
    if (!ahead.found && !hasLetter && !isFarBehind) return false;
    const mine = await leased();
    if (!mine) return false;
    await underBeat(app, mine, async () => {
      if (hasLetter) await runLetters(app, mine, definition, () => isStopping);
      const run = { events, from: Math.max(mine.cursor, looked), upTo, isStopping: () => isStopping };
      if (!ahead.found && isFarBehind && run.from > mine.cursor) await moveCursor(app, mine, run.from);
      else if (definition.kind === 'each') await runEach(app, mine, definition, run);
      else await runBatches(app, mine, definition, run);
    });
    return true;
  }

  return {
    definition,
    isBusy: () => isBusy,
    seen: (cursor) => Math.max(cursor, looked),
    async work(news) {
      if (isBusy || isStopping) return false;
      isBusy = true;
      try {
        return await work(news);
      } catch (error) {
        lease = undefined;
        if (!(error instanceof LeaseLost)) throw error;
        app.log.warn({ follower: definition.name }, 'another process took the follower over');
        return false;
      } finally {
        isBusy = false;
      }
    },
    stop: () => void (isStopping = true),
    async free() {
      // What still runs keeps its lease until it runs out: two must never run at once.
      if (!lease || isBusy) return;
      await freeLease(app, lease);
      lease = undefined;
    },
  };
}

async function underBeat(app: App, lease: Lease, work: () => Promise<void>): Promise<void> {
  const beat = setInterval(() => {
    renewLease(app, lease).catch((error: unknown) =>
      app.log.warn({ err: error, follower: lease.follower }, 'the lease of a follower could not be renewed'),
    );
  }, FOLLOWER_LEASE_MS / 3);
  try {
    await work();
  } finally {
    clearInterval(beat);
  }
}
