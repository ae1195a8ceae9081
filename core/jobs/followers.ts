import { randomUUID } from 'node:crypto';
import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import { newestEventId } from './event-rows.js';
import { openEvents } from './event-source.js';
import type { FollowerRow } from './follower-lease.js';
import type { FollowerDefinition, Followers } from './follower-types.js';
import { createFollowerRunner, type FollowerNews, type FollowerRunner } from './run-follower.js';
import { settledWithin } from './settled-within.js';
import { createWakeLoop } from './wake-loop.js';

export interface FollowersOptions {
  /** Names this process; each set of followers adds a mark of its own. */
  owner: string;
  followers: readonly FollowerDefinition[];
  /** How long `stop` waits for what runs; default 10 s. */
  stopPatienceMs?: number;
}

const POLL_MS = 2000;
const REST_AFTER_ERROR_MS = 5000;

/** Runs the followers of the event log; a slow one holds up no other, and no two processes run the same one. */
export function createFollowers(app: App, options: FollowersOptions): Followers {
  const { owner, followers, stopPatienceMs = 10_000 } = options;
  const me = `${owner}/${randomUUID()}`;
  const runners = followers.map((definition) => createFollowerRunner(app, definition, me));
  const names = followers.map(({ name }) => name);
  const resting = new Map<FollowerRunner, number>();
  const underWay = new Set<Promise<unknown>>();
  let seen: Promise<void> | undefined;
  /** The end of the log when it was last looked at. */
  let end = 0;

  async function look(): Promise<readonly { runner: FollowerRunner; news: FollowerNews }[]> {
    await (seen ??= noteFirstSeen(app, followers).catch((error: unknown) => {
      seen = undefined;
      throw error;
    }));
    const { newest, states } = await readStates(app, { names, owner: me });
    end = Math.max(end, newest);
    const free = runners.flatMap((runner) => {
      const state = states.get(runner.definition.name);
      const hasNews = state && (runner.seen(state.cursor) < newest || state.hasLetter);
      return hasNews && !runner.isBusy() ? [{ runner, ...state }] : [];
    });
    if (free.length === 0) return [];
    const after = Math.min(...free.map(({ runner, cursor }) => runner.seen(cursor)));
    const events = await openEvents(app.db, { after, upTo: newest });
    return free.map(({ runner, cursor, hasLetter }) => ({
      runner,
      news: { newest, cursor, hasLetter, events },
    }));
  }

  function launch(runner: FollowerRunner, news: FollowerNews): void {
    const work = runner
      .work(news)
      // Those that were busy were passed over; what comes after this moment wakes the loop itself.
      .then((hadWork) => hadWork && end > news.newest && loop.wake())
      .catch((error: unknown) => {
        app.log.error({ err: error, follower: runner.definition.name }, 'a follower stopped');
        resting.set(runner, performance.now() + REST_AFTER_ERROR_MS);
      })
      .finally(() => underWay.delete(work));
    underWay.add(work);
  }

  async function step(): Promise<number> {
    for (const { runner, news } of await look())
      if ((resting.get(runner) ?? 0) <= performance.now()) launch(runner, news);
    return POLL_MS;
  }

  const loop = createWakeLoop({
    step,
    onError: (error) => app.log.error({ err: error }, 'the followers failed'),
  });
  let unlisten: (() => void) | undefined;

  return {
    start() {
      unlisten?.();
      unlisten = app.signals.on('events', loop.wake);
      loop.start();
    },
    async stop() {
      unlisten?.();
      for (const runner of runners) runner.stop();
      await loop.stop();
      await settledWithin(underWay, stopPatienceMs);
      for (const runner of runners) await runner.free();
    },
    async drain() {
      for (;;) {
        await Promise.all(underWay);
        const worked = await Promise.all((await look()).map(({ runner, news }) => runner.work(news)));
        if (!worked.includes(true)) break;
      }
      for (const runner of runners) await runner.free();
    },
  };
}

async function noteFirstSeen(app: App, followers: readonly FollowerDefinition[]): Promise<void> {
  if (followers.length === 0) return;
  await change(app, async ({ trx }) => {
    const newest = await newestEventId(trx);
    const rows = followers.map(({ name, from }) => ({ name, cursor: from === 'beginning' ? 0 : newest }));
    await trx('followers').insert(rows).onConflict('name').ignore();
  });
}

interface FollowerState {
  readonly cursor: number;
  /** An event that failed is to be tried again now. */
  readonly hasLetter: boolean;
}

/** Where the followers stand that this process may run, and where the log ends: one query, for it is asked at every event. */
async function readStates(
  app: App,
  { names, owner }: { names: readonly string[]; owner: string },
): Promise<{ newest: number; states: ReadonlyMap<string, FollowerState> }> {
  const now = app.now().toISOString();
  const { db } = app;
  const letters = db('follower_letters')
    .whereRaw('follower_letters.follower = followers.name')
    .where('state', 'retry')
    .where('dueAt', '<=', now)
    .count('*');
  const rows: (FollowerRow & { letters: number; newest: number | null })[] = await db<FollowerRow>(
    'followers',
  )
    .whereIn('name', names)
    .select('*', { letters, newest: db('events').max('id') });
  const isFree = ({ leaseOwner, leaseUntil }: FollowerRow) =>
    leaseOwner === null || leaseOwner === owner || leaseUntil === null || leaseUntil <= now;
  return {
    newest: rows[0]?.newest ?? 0,
    states: new Map(
      rows.filter(isFree).map(({ name, cursor, letters: due }) => [name, { cursor, hasLetter: due > 0 }]),
    ),
  };
}
