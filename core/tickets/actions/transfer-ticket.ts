import type { App } from '../../database/app.js';
import { changeField, type OnTicket } from '../change-field.js';
import type { TicketRecord } from '../models/ticket.js';

export interface TransferTicket extends OnTicket {
  teamId: number | null;
}

/** Give a ticket to another team. */
export async function transferTicket(app: App, input: TransferTicket): Promise<TicketRecord> {
  const { ticketId, teamId, actor } = input;
  return changeField(app, input, {
    field: 'teamId',
    value: teamId,
    announce: (step, before) =>
      step.announce('ticket.transferred', { ticketId, from: before.teamId, to: teamId, actor }),
  });
}
