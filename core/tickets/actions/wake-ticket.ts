import type { App } from '../../database/app.js';
import { changeTicket, type OnTicket } from '../change-field.js';
import type { TicketRecord } from '../models/ticket.js';

export interface WakeTicket extends OnTicket {
  because: 'time' | 'agent';
}

/** Bring a snoozed ticket back. */
export async function wakeTicket(app: App, input: WakeTicket): Promise<TicketRecord> {
  const { ticketId, because, actor } = input;
  return changeTicket(app, input, ({ snoozedUntil }, step) =>
    snoozedUntil === null
      ? null
      : {
          patch: { snoozedUntil: null, staysSnoozed: 0 },
          announce: () => step.announce('ticket.woken', { ticketId, because, actor }),
        },
  );
}
