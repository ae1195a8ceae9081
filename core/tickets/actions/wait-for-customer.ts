import type { App } from '../../database/app.js';
import type { TicketRecord } from '../models/ticket.js';
import { moveStatus, type MoveStatus } from '../move-status.js';

/** Say that it is the customer's move. */
export async function waitForCustomer(app: App, input: MoveStatus): Promise<TicketRecord> {
  return moveStatus(app, input, { category: 'waiting_customer', event: 'ticket.waiting' });
}
