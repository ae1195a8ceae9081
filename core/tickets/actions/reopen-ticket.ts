import type { App } from '../../database/app.js';
import type { TicketRecord } from '../models/ticket.js';
import { moveStatus, type MoveStatus } from '../move-status.js';

/** Take a ticket up again: it is our move. */
export async function reopenTicket(app: App, input: MoveStatus): Promise<TicketRecord> {
  return moveStatus(app, input, { category: 'open', event: 'ticket.reopened' });
}
