import type { App } from '../../database/app.js';
import { changeField, type OnTicket } from '../change-field.js';
import type { TicketRecord } from '../models/ticket.js';

export interface MoveToLine extends OnTicket {
  lineId: number | null;
}

/** Move a ticket to another line. */
export async function moveToLine(app: App, input: MoveToLine): Promise<TicketRecord> {
  const { ticketId, lineId, actor } = input;
  return changeField(app, input, {
    field: 'lineId',
    value: lineId,
    announce: (step, before) =>
      step.announce('ticket.lineChanged', { ticketId, from: before.lineId, to: lineId, actor }),
  });
}
