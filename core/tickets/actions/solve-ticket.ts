import type { App } from '../../database/app.js';
import type { TicketRecord } from '../models/ticket.js';
import { moveStatus, type MoveStatus } from '../move-status.js';
import { findTicket } from '../queries/find-ticket.js';

/** Say that the customer has what he came for. Plugins may refuse through `ticket.solving`. */
export async function solveTicket(app: App, input: MoveStatus): Promise<TicketRecord> {
  const ticket = await findTicket(app.db, input.ticketId);
  if (ticket.category === 'solved' && !input.status) return ticket;
  const { id, number, category } = ticket;
  await app.hooks.allow('ticket.solving', { ticket: { id, number, category }, actor: input.actor });
  return moveStatus(app, input, { category: 'solved', event: 'ticket.solved' });
}
