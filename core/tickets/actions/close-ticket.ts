import type { App } from '../../database/app.js';
import type { TicketRecord } from '../models/ticket.js';
import { moveStatus, type MoveStatus } from '../move-status.js';
import { findTicket } from '../queries/find-ticket.js';

/** Close a ticket for good: a later reply opens a new, linked one. Plugins may refuse through `ticket.closing`. */
export async function closeTicket(app: App, input: MoveStatus): Promise<TicketRecord> {
  const ticket = await findTicket(app.db, input.ticketId);
  if (ticket.category === 'closed' && !input.status) return ticket;
  const { id, number, category } = ticket;
  await app.hooks.allow('ticket.closing', { ticket: { id, number, category }, actor: input.actor });
  return moveStatus(app, input, { category: 'closed', event: 'ticket.closed' });
}
