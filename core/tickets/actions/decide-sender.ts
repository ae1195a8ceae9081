import { reindexContact } from '../../contacts/actions/add-contact.js';
import { normaliseIdentity } from '../../contacts/normalise-identity.js';
import { noteDifference } from '../../contacts/note-difference.js';
import { findContact } from '../../contacts/queries/find-contact.js';
import type { App } from '../../database/app.js';
import type { Change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { changeTicket, type OnTicket } from '../change-field.js';
import type { SenderUndo } from '../models/sender-undo.js';
import type { TicketRecord } from '../models/ticket.js';
import type { PickedHat } from '../pick-hat.js';
import { guessHat } from '../queries/guess-hat.js';
import { findTicket } from '../queries/find-ticket.js';
import { listSenderQuestions, type SenderQuestion } from '../queries/list-sender-questions.js';
import type { Patch } from '../save-ticket.js';
import { keepUndecided, openEvidence } from '../sender-questions.js';

export interface DecideSender extends OnTicket {
  /** A candidate, or the sender as it stands. */
  contactId: number;
  /** Whether this contact wrote. */
  isSender: boolean;
  /** The address or number it was written from becomes this contact's, so that the next message is known. */
  keepsIdentity?: boolean;
  /** For phones without a country code. */
  country?: string;
}

/**
 * Say who wrote. Yes to a candidate: the messages are theirs, and the ticket when it was the sender's; its hat is guessed
 * anew. Yes to the sender, or no to a candidate: the two are not one person, and it is not asked again. Nothing is open:
 * nothing happens. @throws CONTACT_UNKNOWN, TICKET_UNKNOWN, TICKET_CHANGED
 */
export async function decideSender(app: App, asked: DecideSender): Promise<TicketRecord> {
  const { id: contactId } = await findContact(app.db, asked.contactId);
  const input = { ...asked, contactId };
  const questions = await listSenderQuestions(app.db, input.ticketId);
  const question = questions.find(({ candidateId }) => candidateId === input.contactId);
  if (question && input.isSender) return giveTo(app, input, question);
  const senderId =
    question?.senderId ?? questions.find((open) => open.senderId === input.contactId)?.senderId;
  if (senderId === undefined) return findTicket(app.db, input.ticketId);
  const ruledOut = questions
    .filter((open) => open.senderId === senderId)
    .map(({ candidateId }) => candidateId)
    .filter((id) => !question || id === input.contactId);
  return question || input.isSender
    ? keepSender(app, input, { senderId, ruledOut })
    : findTicket(app.db, input.ticketId);
}

async function keepSender(
  app: App,
  input: DecideSender,
  { senderId, ruledOut }: { senderId: number; ruledOut: readonly number[] },
): Promise<TicketRecord> {
  const { ticketId, contactId: candidateId, isSender, actor } = input;
  return changeTicket(
    app,
    input,
    async ({ contactId }, step) => {
      const saidBy = agentOf(actor);
      const differences: number[] = [];
      for (const otherId of ruledOut)
        if (await noteDifference(step, { contactId: senderId, otherId, saidBy })) differences.push(otherId);
      // The same question may stand on other tickets of this sender.
      const evidence: number[] = [];
      for (const otherId of ruledOut)
        evidence.push(...(await answer(step, { senderId, candidateId: otherId, says: 'no', saidBy })));
      const undo: SenderUndo = { evidence, differences, messages: [], ticket: null, identity: null };
      return {
        patch: {},
        announce: () =>
          step.announce('ticket.senderDecided', {
            ticketId,
            contactId,
            senderId,
            candidateId,
            isSender,
            undo,
            actor,
          }),
      };
    },
    { contactIds: [senderId, ...ruledOut] },
  );
}

async function giveTo(app: App, input: DecideSender, question: SenderQuestion): Promise<TicketRecord> {
  const { ticketId, contactId: candidateId, actor } = input;
  const { senderId } = question;
  const hat = await hatOf(app, input, question);
  return changeTicket(
    app,
    input,
    async (ticket, step) => {
      const saidBy = agentOf(actor);
      const yes = await answer(step, { senderId, candidateId, ticketId, says: 'yes', saidBy });
      if (yes.length === 0) return null;
      const no = await answer(step, { senderId, ticketId, says: 'no', saidBy });
      const messages = await moveMessages(step, { ticketId, senderId, candidateId });
      const identity = input.keepsIdentity ? await moveIdentity(app, step, { input, question }) : null;
      await keepUndecided(step, [ticketId]);
      const moves = ticket.contactId === senderId;
      const { membershipId } = ticket;
      const undo: SenderUndo = {
        evidence: [...yes, ...no],
        differences: [],
        messages,
        ticket: moves ? { membershipId } : null,
        identity,
      };
      const contactId = moves ? candidateId : ticket.contactId;
      return {
        patch: moves ? patchFor(candidateId, hat) : {},
        announce: () => {
          const decided = { ticketId, contactId, senderId, candidateId, isSender: true, undo, actor };
          step.announce('ticket.senderDecided', decided);
          const change = { ticketId, contactId, from: senderId, to: candidateId, actor };
          if (moves) step.announce('ticket.contactChanged', change);
        },
      };
    },
    { contactIds: [senderId, candidateId] },
  );
}

const patchFor = (contactId: number, hat: PickedHat | null): Patch => ({
  contactId,
  membershipId: hat?.id ?? null,
  membershipReason: hat?.reason ?? null,
  membershipValues: hat ? JSON.stringify(hat.values) : null,
});

const agentOf = ({ kind, id }: Actor): number | null => (kind === 'agent' ? Number(id) : null);

async function hatOf(app: App, { ticketId, contactId }: DecideSender, { from }: SenderQuestion) {
  const { lineId, channel, subject } = await findTicket(app.db, ticketId);
  return guessHat(app.db, {
    contactId,
    lineId,
    address: from?.value ?? '',
    channel,
    subject,
    now: app.now(),
  });
}

interface Answered {
  senderId: number;
  /** All candidates without it. */
  candidateId?: number;
  /** All tickets of the sender without it. */
  ticketId?: number;
  says: 'yes' | 'no';
  saidBy: number | null;
}

/** @returns ids of the evidence that was open until now */
async function answer(
  step: Change,
  { senderId, candidateId, ticketId, says, saidBy }: Answered,
): Promise<number[]> {
  const { trx, at } = step;
  const query = openEvidence(trx).where('messages.contactId', senderId);
  if (candidateId !== undefined) void query.where('match_evidence.candidateContactId', candidateId);
  if (ticketId !== undefined) void query.where('messages.ticketId', ticketId);
  const rows = await query;
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const patch = { answer: says, answeredBy: saidBy, answeredAt: at };
  await trx('match_evidence').whereIn('id', ids).update(patch);
  await keepUndecided(
    step,
    rows.map((row) => row.ticketId),
  );
  return ids;
}

async function moveMessages(
  { trx }: Change,
  { ticketId, senderId, candidateId }: { ticketId: number; senderId: number; candidateId: number },
): Promise<number[]> {
  const rows: { id: number }[] = await trx('messages')
    .where({ ticketId, contactId: senderId, kind: 'incoming' })
    .select('id');
  const ids = rows.map(({ id }) => id);
  await trx('messages').whereIn('id', ids).update({ contactId: candidateId });
  return ids;
}

async function moveIdentity(
  app: App,
  step: Change,
  { input, question }: { input: DecideSender; question: SenderQuestion },
): Promise<SenderUndo['identity']> {
  const { from, senderId } = question;
  const { contactId, country, actor } = input;
  const normalised = from ? normaliseIdentity(from.kind, from.value, country) : undefined;
  if (!from || normalised === undefined) return null;
  const { trx, at } = step;
  const { kind, value } = from;
  const known: { id: number; contactId: number } | undefined = await trx('identities')
    .where({ kind, normalised })
    .first('id', 'contactId');
  if (known && known.contactId !== senderId) return null;
  const id = known?.id ?? (await insertIdentity(step, { contactId, kind, value, normalised, createdAt: at }));
  if (known) {
    await trx('identities').where({ id }).update({ contactId, membershipId: null });
    await reindexContact(app, step, senderId);
    step.announce('identity.removed', { contactId: senderId, identityId: id, kind, actor });
  }
  await reindexContact(app, step, contactId);
  step.announce('identity.added', { contactId, identityId: id, kind, actor });
  return { id, wasNobodys: known === undefined };
}

async function insertIdentity({ trx }: Change, row: object): Promise<number> {
  const [made] = await trx('identities').insert(row).returning<{ id: number }[]>('id');
  return (made as { id: number }).id;
}
