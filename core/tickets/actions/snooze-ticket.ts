import type { App } from '../../database/app.js';
import { errors } from '../../errors/errors.js';
import { changeTicket, type OnTicket } from '../change-field.js';
import type { TicketRecord } from '../models/ticket.js';

export interface SnoozeTicket extends OnTicket {
  /** ISO text, in the future. */
  until: string;
  /** Stays away even when the customer replies. */
  staysOnReply?: boolean;
}

/** Put a ticket away until a time. @throws INPUT_INVALID for a time that has passed */
export async function snoozeTicket(app: App, input: SnoozeTicket): Promise<TicketRecord> {
  const { ticketId, until, staysOnReply = false, actor } = input;
  if (!(Date.parse(until) > app.now().getTime()))
    throw errors.INPUT_INVALID({ because: 'this time has passed' });
  const snoozedUntil = new Date(until).toISOString();
  return changeTicket(app, input, (_ticket, step) => ({
    patch: { snoozedUntil, staysSnoozed: staysOnReply ? 1 : 0 },
    announce: () => step.announce('ticket.snoozed', { ticketId, until: snoozedUntil, staysOnReply, actor }),
  }));
}
