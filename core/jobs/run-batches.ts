import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import type { EventRow } from './event-rows.js';
import { keepLease, type Lease, LeaseLost, moveCursor, noteSaved, saveCursor } from './follower-lease.js';
import { setAsideBlocked, setAsideFailed } from './follower-letters.js';
import type { BatchFollower } from './follower-types.js';
import { parseEvent } from './logged-event.js';
import { BATCH_PATIENCE_MS, SLOW_BATCH_MS } from './patience.js';
import type { Run } from './run-each.js';
import { withPatience } from './with-patience.js';

/** Gives a follower its events by the batch until `upTo`. @throws LeaseLost */
export async function runBatches(app: App, lease: Lease, follower: BatchFollower, run: Run): Promise<void> {
  let limit = follower.size;
  for (let at = run.from; at < run.upTo && !run.isStopping();) {
    const { rows, through } = await run.events.read({
      after: at,
      upTo: run.upTo,
      names: follower.events,
      limit,
    });
    await keepLease(app, lease);
    const begun = performance.now();
    await apply(app, lease, follower, { rows, through });
    const ms = Math.round(performance.now() - begun);
    if (ms > SLOW_BATCH_MS) {
      app.log.warn({ follower: follower.name, ms, events: rows.length }, 'a batch held the writer for long');
      limit = Math.max(1, Math.floor(limit / 2));
    }
    at = through;
  }
}

interface Batch {
  rows: readonly EventRow[];
  /** The cursor after this batch. */
  through: number;
}

/** One transaction; when it fails, two halves, until the event that fails stands alone. */
async function apply(app: App, lease: Lease, follower: BatchFollower, batch: Batch): Promise<void> {
  if (batch.rows.length === 0) return moveCursor(app, lease, batch.through);
  try {
    await applyWhole(app, lease, follower, batch);
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    await applyApart(app, lease, follower, { ...batch, error });
  }
}

async function applyWhole(app: App, lease: Lease, follower: BatchFollower, batch: Batch): Promise<void> {
  await change(app, async ({ trx, at }) => {
    await saveCursor(app, trx, lease, batch.through);
    const clear = await setAsideBlocked(trx, lease, batch.rows, at);
    if (clear.length === 0) return;
    await withPatience(
      follower.tap(
        clear.map((row) => parseEvent(row)),
        { trx },
      ),
      BATCH_PATIENCE_MS,
    );
    app.fault('followers.beforeCommit');
  });
  noteSaved(app, lease, batch.through);
}

async function applyApart(
  app: App,
  lease: Lease,
  follower: BatchFollower,
  { rows, through, error }: Batch & { error: unknown },
): Promise<void> {
  const [only] = rows;
  if (only && rows.length === 1) {
    app.log.warn({ err: error, follower: lease.follower, eventId: only.id }, 'a follower failed');
    await setAsideFailed(app, lease, only, error);
    if (through > only.id) await moveCursor(app, lease, through);
    return;
  }
  const first = rows.slice(0, Math.ceil(rows.length / 2));
  await apply(app, lease, follower, { rows: first, through: first.at(-1)?.id ?? through });
  await apply(app, lease, follower, { rows: rows.slice(first.length), through });
}
