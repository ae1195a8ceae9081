import { purgeSessions } from '../agents/actions/purge-sessions.js';
import { forgetMerges } from '../contacts/actions/forget-merges.js';
import { compareWaiting } from '../contacts/duplicates/compare-contact.js';
import type { Schedule } from '../jobs/schedule-types.js';
import { deleteOldIdempotencyKeys } from '../jobs/sweep.js';
import { closeTicket } from '../tickets/actions/close-ticket.js';
import { wakeTicket } from '../tickets/actions/wake-ticket.js';
import type { HostApp } from './host-app.js';

const DAY_MS = 24 * 3_600_000;
const AT_A_TIME = 200;

/** What core does by the clock. */
export function coreSchedules(app: HostApp): Schedule[] {
  return [
    { name: 'core.wake', pattern: '* * * * *', run: ({ signal }) => wakeSnoozed(app, signal) },
    { name: 'core.close', pattern: '7 * * * *', run: ({ signal }) => closeSolved(app, signal) },
    {
      name: 'core.sweep',
      pattern: '23 4 * * *',
      run: () => Promise.all([deleteOldIdempotencyKeys(app), purgeSessions(app), forgetMerges(app)]),
    },
    { name: 'core.compare', pattern: '* * * * *', run: ({ signal }) => compareWaiting(app, signal) },
  ];
}

/** Brings back what was snoozed until now. */
export async function wakeSnoozed(app: HostApp, signal?: AbortSignal): Promise<void> {
  let after = 0;
  for (;;) {
    const due: { id: number }[] = await app
      .db('tickets')
      .where('snoozedUntil', '<=', app.now().toISOString())
      .where('id', '>', after)
      .orderBy('id')
      .limit(AT_A_TIME)
      .select('id');
    for (const { id } of due) {
      if (signal?.aborted) return;
      after = id;
      const actor = { kind: 'system', id: 'core', door: 'job' } as const;
      await wakeTicket(app, { ticketId: id, because: 'time', actor }).catch((error: unknown) => {
        app.log.warn(
          { err: error, ticketId: id },
          'a snoozed ticket was not woken; it is tried again next time',
        );
      });
    }
    if (due.length < AT_A_TIME) return;
  }
}

/** Closes what has been solved for as long as the setting says; one that a plugin refuses is asked again next hour. */
export async function closeSolved(app: HostApp, signal?: AbortSignal): Promise<void> {
  const before = new Date(app.now().getTime() - app.policy.closeAfterDays() * DAY_MS).toISOString();
  let after = 0;
  for (;;) {
    const due: { id: number }[] = await app
      .db('tickets')
      .where({ category: 'solved' })
      .where('solvedAt', '<', before)
      .where('id', '>', after)
      .orderBy('id')
      .limit(AT_A_TIME)
      .select('id');
    for (const { id } of due) {
      if (signal?.aborted) return;
      after = id;
      await closeTicket(app, { ticketId: id, actor: { kind: 'system', id: 'core', door: 'job' } }).catch(
        (error: unknown) => app.log.warn({ err: error, ticketId: id }, 'a solved ticket could not be closed'),
      );
    }
    if (due.length < AT_A_TIME) return;
  }
}
