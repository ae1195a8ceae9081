import { errors, findVisitorTicket, type TicketRecord, type VisitorContext } from '@helpdesk/core';
import { canReopen } from './can-reopen.js';

/** The request that the address names. @throws TICKET_UNKNOWN, also for one that is somebody else's */
export async function ticketOf({ db, visitor, params }: VisitorContext): Promise<TicketRecord> {
  const { number = '' } = params;
  if (!/^\d{1,15}$/.test(number)) throw errors.TICKET_UNKNOWN();
  return findVisitorTicket(db, { visitor, number: Number(number) });
}

/**
 * Whether the visitor may write in a request: its writer, and by the right of a role who answers for the organization. What
 * was closed long ago goes on as a new request of its writer's alone.
 */
export async function mayWriteIn(ctx: VisitorContext, ticket: TicketRecord): Promise<boolean> {
  if (ticket.contactId === ctx.contactId) return true;
  const { answeredOrganizationIds: answered } = ctx.visitor;
  if (answered.length === 0 || ticket.membershipId === null || !canReopen(ctx, ticket)) return false;
  const hat: { organizationId: number | null } | undefined = await ctx
    .db('memberships')
    .where({ id: ticket.membershipId })
    .first('organizationId');
  return answered.some((id) => id === hat?.organizationId);
}

/** The same, for what only its writer may do. @throws TICKET_UNKNOWN */
export async function ownTicketOf(ctx: VisitorContext): Promise<TicketRecord> {
  const ticket = await ticketOf(ctx);
  if (ticket.contactId !== ctx.contactId) throw errors.TICKET_UNKNOWN();
  return ticket;
}
