import type { HostApp, TicketBadge } from '@helpdesk/core';

/** Behind the subject in lists: what is nearly over, and what is. Due times stand in the list by themselves. */
export async function badgesOf(
  app: HostApp,
  { ticketIds, language }: { ticketIds: readonly number[]; language: 'ru' | 'en' },
): Promise<TicketBadge[]> {
  const now = app.now().toISOString();
  const rows: { ticketId: number; dueAt: string }[] = await app
    .db('sla_clocks')
    .whereIn('ticketId', [...ticketIds])
    .where({ state: 'running' })
    .where((either) => either.where('warnAt', '<=', now).orWhere('dueAt', '<', now))
    .whereNotNull('dueAt')
    .orderBy('dueAt')
    .select('ticketId', 'dueAt');
  const first = new Map<number, string>();
  for (const { ticketId, dueAt } of rows) if (!first.has(ticketId)) first.set(ticketId, dueAt);
  return [...first].map(([ticketId, dueAt]) =>
    dueAt < now
      ? { ticketId, text: app.t(language, 'sla.badge.over'), tone: 'danger' }
      : { ticketId, text: app.t(language, 'sla.badge.soon'), tone: 'warn' },
  );
}
