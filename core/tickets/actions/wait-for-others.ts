import type { App } from '../../database/app.js';
import type { TicketRecord } from '../models/ticket.js';
import { moveStatus, type MoveStatus } from '../move-status.js';

/** Say that neither we nor the customer can go on before somebody else does. */
export async function waitForOthers(app: App, input: MoveStatus): Promise<TicketRecord> {
  return moveStatus(app, input, { category: 'waiting_other', event: 'ticket.waiting' });
}
