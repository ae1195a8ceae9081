import { errors, findTicket, type DeskContext, type TicketRecord } from '@helpdesk/core';

/** The ticket that the address names, if this agent may see it. @throws TICKET_UNKNOWN */
export async function ticketOf(ctx: DeskContext): Promise<TicketRecord> {
  return findTicket(ctx.db, idOf(ctx.params['id']), ctx.viewer);
}

/** An address that remembers the list from which the ticket was opened. */
export function withView({ query }: DeskContext, path: string): string {
  const view = query['view'];
  return view ? `${path}?view=${encodeURIComponent(view.slice(0, 1000))}` : path;
}

/** An id from an address. @throws TICKET_UNKNOWN for what is no id */
export function idOf(text: string | undefined): number {
  if (!text || !/^\d{1,15}$/.test(text)) throw errors.TICKET_UNKNOWN();
  return Number(text);
}
