import type { App } from '../../database/app.js';
import { changeField, type OnTicket } from '../change-field.js';
import type { Priority, TicketRecord } from '../models/ticket.js';

export interface SetPriority extends OnTicket {
  priority: Priority;
}

/** Say how urgent a ticket is. */
export async function setPriority(app: App, input: SetPriority): Promise<TicketRecord> {
  const { ticketId, priority, actor } = input;
  return changeField(app, input, {
    field: 'priority',
    value: priority,
    announce: (step, before) =>
      step.announce('ticket.prioritised', { ticketId, from: before.priority, to: priority, actor }),
  });
}
