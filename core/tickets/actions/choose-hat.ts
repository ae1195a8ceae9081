import type { App } from '../../database/app.js';
import { errors } from '../../errors/errors.js';
import { changeTicket, type OnTicket } from '../change-field.js';
import type { TicketRecord } from '../models/ticket.js';

export interface ChooseHat extends OnTicket {
  /** A membership of the ticket's contact; null: not known. */
  membershipId: number | null;
  /** A text key or words that say why. */
  reason: string;
}

/** Say in which role the customer wrote. @throws INPUT_INVALID for somebody else's hat */
export async function chooseHat(app: App, input: ChooseHat): Promise<TicketRecord> {
  const { ticketId, membershipId, reason, actor } = input;
  return changeTicket(app, input, async ({ contactId, membershipId: from }, step) => {
    if (from === membershipId) return null;
    if (membershipId !== null) {
      const hat: unknown = await step.trx('memberships').where({ id: membershipId, contactId }).first();
      if (!hat) throw errors.INPUT_INVALID({ because: 'this role belongs to another contact' });
    }
    return {
      patch: { membershipId, membershipReason: reason, membershipValues: null },
      announce: () => step.announce('ticket.hatChanged', { ticketId, from, to: membershipId, reason, actor }),
    };
  });
}
