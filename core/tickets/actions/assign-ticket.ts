import type { App } from '../../database/app.js';
import { changeField, type OnTicket } from '../change-field.js';
import type { TicketRecord } from '../models/ticket.js';

export interface AssignTicket extends OnTicket {
  assigneeId: number | null;
}

/** Give a ticket to an agent, or to nobody. */
export async function assignTicket(app: App, input: AssignTicket): Promise<TicketRecord> {
  const { ticketId, assigneeId, actor } = input;
  return changeField(app, input, {
    field: 'assigneeId',
    value: assigneeId,
    announce: (step, before) =>
      step.announce('ticket.assigned', { ticketId, from: before.assigneeId, to: assigneeId, actor }),
  });
}
