import type { Knex } from 'knex';
import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import { readEvent } from './event-rows.js';
import { keepLease, type Lease, LeaseLost, saveCursor } from './follower-lease.js';
import { dropLetter, dueLetters, type LetterRow, noteLetterFailed } from './follower-letters.js';
import type { FollowerDefinition } from './follower-types.js';
import { type LoggedEvent, parseEvent } from './logged-event.js';
import { BATCH_PATIENCE_MS, TAP_PATIENCE_MS } from './patience.js';
import { withPatience } from './with-patience.js';

/** Tries every letter that is due, and what waits behind those that get through. @returns whether there was any */
export async function runLetters(
  app: App,
  lease: Lease,
  definition: FollowerDefinition,
  isStopping: () => boolean,
): Promise<boolean> {
  for (let some = false; ; some = true) {
    const due = await dueLetters(app.db, lease.follower, app.now());
    for (const letter of due) {
      if (isStopping()) return true;
      await keepLease(app, lease);
      await runLetter(app, lease, definition, letter);
    }
    if (due.length === 0) return some;
  }
}

async function runLetter(
  app: App,
  lease: Lease,
  definition: FollowerDefinition,
  letter: LetterRow,
): Promise<void> {
  const row = await readEvent(app.db, letter.eventId);
  // A newer version of the follower may no longer care for this name: then there is nothing to do.
  const event = row && definition.events.includes(row.name) ? parseEvent(row) : undefined;
  try {
    if (event && definition.kind === 'each') await withPatience(definition.tap(event), TAP_PATIENCE_MS);
    await change(app, async ({ trx, at }) => {
      await saveCursor(app, trx, lease, lease.cursor);
      if (event && definition.kind === 'batches') await tapOne(definition, event, trx);
      await dropLetter(trx, letter, at);
    });
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    app.log.warn({ err: error, follower: lease.follower, eventId: letter.eventId }, 'an event failed again');
    await change(app, async (step) => {
      await saveCursor(app, step.trx, lease, lease.cursor);
      await noteLetterFailed(app, step, { letter, eventName: row?.name ?? '', error });
    });
  }
}

async function tapOne(
  definition: Extract<FollowerDefinition, { kind: 'batches' }>,
  event: LoggedEvent,
  trx: Knex.Transaction,
): Promise<void> {
  await withPatience(definition.tap([event], { trx }), BATCH_PATIENCE_MS);
}
