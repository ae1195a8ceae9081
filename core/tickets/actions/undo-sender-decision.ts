import { reindexContact } from '../../contacts/actions/add-contact.js';
import { forgetDifference } from '../../contacts/note-difference.js';
import type { App } from '../../database/app.js';
import type { Change } from '../../database/change.js';
import { parseJson } from '../../database/record.js';
import { errors } from '../../errors/errors.js';
import { changeTicket, type OnTicket } from '../change-field.js';
import type { SenderUndo } from '../models/sender-undo.js';
import type { TicketRecord } from '../models/ticket.js';
import { keepUndecided } from '../sender-questions.js';

export interface UndoSenderDecision extends OnTicket {
  /** The `ticket.senderDecided` to take back. */
  eventId: number;
}

interface Decided {
  readonly senderId: number;
  readonly candidateId: number;
  readonly undo: SenderUndo;
}

/**
 * Ask again who wrote: what the decision moved goes back where it was, as far as nobody has moved it since.
 * @throws NOT_FOUND for what is no decision on this ticket
 */
export async function undoSenderDecision(app: App, input: UndoSenderDecision): Promise<TicketRecord> {
  const { ticketId, eventId, actor } = input;
  const decided = await findDecision(app, input);
  const { senderId, candidateId, undo } = decided;
  return changeTicket(
    app,
    input,
    async (ticket, step) => {
      const { trx } = step;
      const open: unknown = await trx('match_evidence')
        .whereIn('id', [...undo.evidence])
        .whereNotNull('answer')
        .first('id');
      if (!open) return null;
      for (const otherId of undo.differences) await forgetDifference(step, senderId, otherId);
      await trx('messages')
        .whereIn('id', [...undo.messages])
        .where({ contactId: candidateId })
        .update({ contactId: senderId });
      await giveIdentityBack(app, step, { ...decided, actor });
      await askAgain(step, undo);
      const goesBack = undo.ticket !== null && ticket.contactId === candidateId;
      const contactId = goesBack ? senderId : ticket.contactId;
      const hat = {
        membershipId: undo.ticket?.membershipId ?? null,
        membershipReason: null,
        membershipValues: null,
      };
      return {
        patch: goesBack ? { contactId, ...hat } : {},
        announce: () => {
          step.announce('ticket.senderReopened', { ticketId, contactId, eventId, actor });
          const change = { ticketId, contactId, from: candidateId, to: senderId, actor };
          if (goesBack) step.announce('ticket.contactChanged', change);
        },
      };
    },
    { contactIds: [senderId, candidateId] },
  );
}

async function findDecision({ db }: App, { ticketId, eventId }: UndoSenderDecision): Promise<Decided> {
  const row: { payload: string } | undefined = await db('events')
    .where({ id: eventId, ticketId, name: 'ticket.senderDecided' })
    .first('payload');
  if (!row) throw errors.NOT_FOUND();
  return parseJson<Decided>(row.payload, { senderId: 0, candidateId: 0, undo: nothing });
}

const nothing: SenderUndo = { evidence: [], differences: [], messages: [], ticket: null, identity: null };

async function askAgain(step: Change, { evidence }: SenderUndo): Promise<void> {
  const { trx } = step;
  const nobody = { answer: null, answeredBy: null, answeredAt: null };
  await trx('match_evidence')
    .whereIn('id', [...evidence])
    .update(nobody);
  const rows: { ticketId: number }[] = await trx('match_evidence')
    .join('messages', 'messages.id', 'match_evidence.messageId')
    .whereIn('match_evidence.id', [...evidence])
    .distinct('messages.ticketId');
  await keepUndecided(
    step,
    rows.map(({ ticketId }) => ticketId),
  );
}

async function giveIdentityBack(
  app: App,
  step: Change,
  { senderId, candidateId, undo: { identity }, actor }: Decided & Pick<UndoSenderDecision, 'actor'>,
): Promise<void> {
  if (!identity) return;
  const row = { id: identity.id, contactId: candidateId };
  const known: { kind: string } | undefined = await step.trx('identities').where(row).first('kind');
  if (!known) return;
  const { kind } = known;
  if (identity.wasNobodys) await step.trx('identities').where(row).delete();
  else await step.trx('identities').where(row).update({ contactId: senderId, membershipId: null });
  await reindexContact(app, step, candidateId);
  step.announce('identity.removed', { contactId: candidateId, identityId: identity.id, kind, actor });
  if (identity.wasNobodys) return;
  await reindexContact(app, step, senderId);
  step.announce('identity.added', { contactId: senderId, identityId: identity.id, kind, actor });
}
