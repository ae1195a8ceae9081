import type { HostApp } from '@helpdesk/core';
import type { PortalPromise } from '@helpdesk/plugin-portal/contract';
import { runClocks } from '../clock/run-clocks.js';
import { listRuleSets } from '../rules/list-rules.js';
import type { Segments } from '../segments.js';
import { readLives } from './read-lives.js';

/**
 * Until when customers were promised an answer: the clock of each ticket that still runs. What is late is promised no
 * more; a norm for the solution is the desk's own affair.
 */
export async function promisesOf(app: HostApp, ticketIds: readonly number[]): Promise<PortalPromise[]> {
  const rows: { ticketId: number; dueAt: string }[] = await app
    .db('sla_clocks')
    .whereIn('ticketId', [...ticketIds])
    .where({ state: 'running' })
    .whereIn('kind', ['first', 'next'])
    .where('dueAt', '>=', app.now().toISOString())
    .orderBy('ticketId')
    .select('ticketId', 'dueAt');
  // Of answers one clock runs at a time.
  return rows.map(({ ticketId, dueAt: by }) => ({ ticketId, by }));
}

/** The same of tickets whose clocks may not have been written down yet: reckoned from the log, here and now. */
export async function newPromisesOf(
  app: HostApp,
  ticketIds: readonly number[],
  segments: Segments | undefined,
): Promise<PortalPromise[]> {
  const [lives, sets] = await Promise.all([readLives(app.db, ticketIds, segments), listRuleSets(app.db)]);
  const now = app.now().getTime();
  return [...lives].flatMap(([ticketId, life]) =>
    runClocks(life, sets, now).clocks.flatMap(({ kind, state, dueAt }) =>
      state === 'running' && kind !== 'solve' && dueAt !== null && dueAt >= now
        ? [{ ticketId, by: new Date(dueAt).toISOString() }]
        : [],
    ),
  );
}
