import type { App } from '../../database/app.js';
import { errors } from '../../errors/errors.js';
import { changeField, type OnTicket } from '../change-field.js';
import type { TicketRecord } from '../models/ticket.js';

export interface RenameTicket extends OnTicket {
  subject: string;
}

/** Give a ticket a better subject; the customer's letters keep theirs. @throws INPUT_INVALID when it is empty */
export async function renameTicket(app: App, input: RenameTicket): Promise<TicketRecord> {
  const subject = input.subject.trim().slice(0, 998);
  if (subject === '') throw errors.INPUT_INVALID({ because: 'a subject is needed' });
  return changeField(app, input, {
    field: 'subject',
    value: subject,
    announce: (step) => step.announce('ticket.renamed', { ticketId: input.ticketId, actor: input.actor }),
  });
}
