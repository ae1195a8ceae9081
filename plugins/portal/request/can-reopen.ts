import type { HostApp, TicketRecord } from '@helpdesk/core';

const DAY_MS = 24 * 3_600_000;

/** Whether a request that is done can be taken up again; what was closed long ago has a successor instead. */
export function canReopen(
  { app, now }: { readonly app: HostApp; readonly now: Date },
  { closedAt }: Pick<TicketRecord, 'closedAt'>,
): boolean {
  return closedAt === null || now.getTime() - Date.parse(closedAt) <= app.policy.reopenDays() * DAY_MS;
}
