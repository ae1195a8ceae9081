import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { holdContact } from '../../contacts/hold-contact.js';
import type { OnTicket } from '../change-field.js';
import { holdTicket } from '../hold-ticket.js';
import type { TicketRecord } from '../models/ticket.js';
import { saveTicket } from '../save-ticket.js';
import { settleByHand } from '../sender-questions.js';

export interface ChangeTicketContact extends OnTicket {
  contactId: number;
}

/**
 * Say that a ticket is somebody else's; of one that was merged, the kept one's. Messages keep who wrote them; the hat is
 * asked anew.
 * @throws CONTACT_UNKNOWN, TICKET_UNKNOWN, TICKET_CHANGED
 */
export async function changeTicketContact(app: App, input: ChangeTicketContact): Promise<TicketRecord> {
  const { ticketId, expectedVersion, actor } = input;
  return change(app, async (step) => {
    // The contact before its ticket, as a merge holds them.
    const contactId = await holdContact(step, input.contactId);
    const ticket = await holdTicket(step, ticketId);
    const { contactId: from } = ticket;
    if (from === contactId) return ticket;
    const patch = { contactId, membershipId: null, membershipReason: null, membershipValues: null };
    const saved = await saveTicket(
      step,
      ticket,
      patch,
      expectedVersion === undefined ? {} : { expectedVersion },
    );
    const saidBy = actor.kind === 'agent' ? Number(actor.id) : null;
    await settleByHand(step, { ticketId, from, to: contactId, saidBy });
    step.announce('ticket.contactChanged', { ticketId, contactId, from, to: contactId, actor });
    return saved;
  });
}
