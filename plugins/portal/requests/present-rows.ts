import { calendarDay, formatDate, formatTime, type BaseContext, type VisitorTicket } from '@helpdesk/core';
import { readPromises } from './read-promises.js';
import { presentStanding, standingOf } from './standing.js';

type Reading = Pick<BaseContext, 'app' | 'now' | 'actor' | 't' | 'language' | 'timeZone'>;

/** Requests as `portal/request-row` prints them. */
export async function presentRows(
  ctx: Reading,
  tickets: readonly VisitorTicket[],
  { named = false }: { named?: boolean } = {},
): Promise<Record<string, unknown>[]> {
  const promises = await readPromises(ctx, tickets);
  return tickets.map((ticket) => ({
    href: `/requests/${ticket.number}`,
    subject: ticket.subject,
    about: `${ctx.t('portal.request.number', { number: ticket.number })} · ${tellWhen(ctx, ticket, promises.get(ticket.id))}`,
    ...(named ? { from: ticket.contactName } : {}),
    state: presentStanding(ctx, ticket.category),
  }));
}

/** What happens next, or when something happened last. */
export function tellWhen(
  ctx: Reading,
  {
    category,
    openedAt,
    lastMessageAt,
    solvedAt,
  }: Pick<VisitorTicket, 'category' | 'openedAt' | 'lastMessageAt' | 'solvedAt'>,
  promise: string | undefined,
): string {
  const { t, language, timeZone } = ctx;
  const now = ctx.now.toISOString();
  const style = { language, timeZone, now };
  const standing = standingOf(category);
  if (standing === 'solved')
    return t('portal.request.solvedOn', { date: formatDate(solvedAt ?? lastMessageAt, style) });
  if (standing === 'yours') return t('portal.request.answeredOn', { date: formatDate(lastMessageAt, style) });
  if (promise === undefined) return t('portal.request.openedOn', { date: formatDate(openedAt, style) });
  const isToday = calendarDay(promise, { timeZone }) === calendarDay(now, { timeZone });
  return t(`portal.request.${isToday ? 'byToday' : 'by'}`, { time: formatTime(promise, style) });
}
