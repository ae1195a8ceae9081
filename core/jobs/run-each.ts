import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import type { EventRow } from './event-rows.js';
import type { EventSource } from './event-source.js';
import { keepLease, type Lease, moveCursor, noteSaved, saveCursor } from './follower-lease.js';
import { setAsideBlocked, setAsideFailed } from './follower-letters.js';
import type { EachFollower } from './follower-types.js';
import { parseEvent } from './logged-event.js';
import { TAP_PATIENCE_MS } from './patience.js';
import { withPatience } from './with-patience.js';

export interface Run {
  events: EventSource;
  /** Begin after this id, which lies at or behind the cursor's. */
  from: number;
  /** The newest event when the run began. */
  upTo: number;
  isStopping(): boolean;
}

const AT_A_TIME = 500;
// A replay of years would otherwise commit once an event. After a crash, this much is seen again.
const SAVE_EVERY_MS = 250;

/** Gives a follower its events one by one until `upTo`. @throws LeaseLost */
export async function runEach(app: App, lease: Lease, follower: EachFollower, run: Run): Promise<void> {
  let savedAt = performance.now();
  for (let at = run.from; at < run.upTo && !run.isStopping();) {
    const stretch = { after: at, upTo: run.upTo, names: follower.events, limit: AT_A_TIME };
    const { rows, through } = await run.events.read(stretch);
    for (const row of rows) {
      if (run.isStopping()) break;
      await keepLease(app, lease);
      await takeOne(app, lease, follower, row);
      at = row.id;
      if (performance.now() - savedAt < SAVE_EVERY_MS) continue;
      await moveCursor(app, lease, at);
      savedAt = performance.now();
    }
    if (!run.isStopping()) at = through;
    if (at > lease.cursor) await moveCursor(app, lease, at);
    savedAt = performance.now();
  }
}

async function takeOne(app: App, lease: Lease, follower: EachFollower, row: EventRow): Promise<void> {
  if (await isSetAside(app, lease, row)) return;
  try {
    await withPatience(follower.tap(parseEvent(row)), TAP_PATIENCE_MS);
  } catch (error) {
    app.log.warn({ err: error, follower: lease.follower, eventId: row.id }, 'a follower failed');
    await setAsideFailed(app, lease, row, error);
    return;
  }
  app.fault('followers.afterTap');
}

async function isSetAside(app: App, lease: Lease, row: EventRow): Promise<boolean> {
  if (row.ticketId === null || !lease.blocked.has(row.ticketId)) return false;
  const isWaiting = await change(app, async ({ trx, at }) => {
    await saveCursor(app, trx, lease, lease.cursor);
    const clear = await setAsideBlocked(trx, lease, [row], at);
    if (clear.length > 0) return false;
    await saveCursor(app, trx, lease, row.id);
    return true;
  });
  if (isWaiting) noteSaved(app, lease, row.id);
  return isWaiting;
}
