import { errors, findVisitorTicket, type TicketRecord, type VisitorContext } from '@helpdesk/core';

/** The request that the address names. @throws TICKET_UNKNOWN, also for one that is somebody else's */
export async function ticketOf({ db, visitor, params }: VisitorContext): Promise<TicketRecord> {
  const { number = '' } = params;
  if (!/^\d{1,15}$/.test(number)) throw errors.TICKET_UNKNOWN();
  return findVisitorTicket(db, { visitor, number: Number(number) });
}

/** The same, for what only its writer may do. @throws TICKET_UNKNOWN */
export async function ownTicketOf(ctx: VisitorContext): Promise<TicketRecord> {
  const ticket = await ticketOf(ctx);
  if (ticket.contactId !== ctx.contactId) throw errors.TICKET_UNKNOWN();
  return ticket;
}
