import type { HostApp } from '@helpdesk/core';
import type { PortalPromise } from '@helpdesk/plugin-portal/contract';

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
