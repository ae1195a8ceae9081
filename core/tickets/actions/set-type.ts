import type { App } from '../../database/app.js';
import { changeField, type OnTicket } from '../change-field.js';
import type { TicketRecord } from '../models/ticket.js';

export interface SetType extends OnTicket {
  type: string | null;
}

/** Say of what kind a ticket is. */
export async function setType(app: App, input: SetType): Promise<TicketRecord> {
  const { ticketId, type, actor } = input;
  return changeField(app, input, {
    field: 'type',
    value: type,
    announce: (step, before) =>
      step.announce('ticket.typed', { ticketId, from: before.type, to: type, actor }),
  });
}
