import type { App } from '../../database/app.js';
import { changeField, type OnTicket } from '../change-field.js';
import type { TicketRecord } from '../models/ticket.js';

export interface SetDue extends OnTicket {
  dueAt: string | null;
}

/** Say until when something must happen; the work plan follows it. */
export async function setDue(app: App, input: SetDue): Promise<TicketRecord> {
  const { ticketId, dueAt, actor } = input;
  return changeField(app, input, {
    field: 'dueAt',
    value: dueAt,
    announce: (step, before) =>
      step.announce('ticket.dueChanged', { ticketId, from: before.dueAt, to: dueAt, actor }),
  });
}
