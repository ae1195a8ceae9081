import type { App } from '../../database/app.js';
import { change, type Change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import {
  addContact,
  reindexContact,
  type NewContact,
  type NewIdentity,
} from '../../contacts/actions/add-contact.js';
import { followMerges, holdContact, ownHat } from '../../contacts/hold-contact.js';
import { holdTicket } from '../hold-ticket.js';
import { insertMessage, snippetOf, type NewAttachment } from '../insert-message.js';
import { insertTicket } from '../insert-ticket.js';
import type { Participants } from '../models/message.js';
import { isDone } from '../models/status.js';
import type { TicketRecord } from '../models/ticket.js';
import { saveTicket } from '../save-ticket.js';
import { keepUndecided } from '../sender-questions.js';

/** Why a message was given to a contact or a ticket: kept with it, shown to people, undone by them. */
export interface NewEvidence {
  candidateContactId?: number | null;
  candidateTicketId?: number | null;
  kind: string;
  strength: 'strong' | 'weak';
  detail?: string | null;
  decision: 'taken' | 'maybe' | 'conflict' | 'refused' | 'new' | 'ruledOut';
  plugin: string;
}

export interface ReceiveMessage {
  account: { id: number; channel: string; lineId: number };
  /** `keeps`: their address, proven and not known yet. */
  from: { contactId: number; keeps?: NewIdentity } | { create: Omit<NewContact, 'actor'> };
  /** The ticket it continues; null opens a new one. */
  ticketId: number | null;
  /** A new ticket is linked to this one: the customer wrote about something closed long ago. */
  followUpOf?: number | null;
  /** A new ticket is linked to this one, though the writer could not prove to take part in it. */
  relatedTo?: number | null;
  message: {
    externalId: string | null;
    fingerprint: string;
    writtenAt: string | null;
    subject: string | null;
    text: string;
    quote: string;
    html: string | null;
    htmlVersion: number | null;
    participants: Participants;
    attachments: readonly NewAttachment[];
    auto: 'auto' | 'bounce' | 'list' | null;
    flags: readonly string[];
    language?: string | null;
  };
  /** In which role they write, and why: a text key with its values. */
  membership?: {
    readonly id: number;
    readonly reason: string;
    readonly values?: Readonly<Record<string, string | number>>;
  } | null;
  intakeId?: number | null;
  evidence: readonly NewEvidence[];
  /** Runs in the same transaction: the journal notes what became of it. */
  settle?: (step: Change, outcome: ReceiveOutcome) => Promise<void>;
  /** For imports of history. */
  at?: string;
}

export type ReceiveOutcome =
  | { state: 'delivered'; ticketId: number; messageId: number; contactId: number; opened: boolean }
  | { state: 'duplicate'; messageId: number; ticketId: number };

/** Take in what a customer wrote: into its ticket, or a new one. The same message a second time is a duplicate. */
export async function receiveMessage(app: App, input: ReceiveMessage): Promise<ReceiveOutcome> {
  return change(app, async (step) => {
    const twin = await findTwin(step, input);
    const outcome = twin ?? (await deliver(app, step, input));
    await input.settle?.(step, outcome);
    return outcome;
  });
}

async function findTwin(
  { trx }: Change,
  { account, message }: ReceiveMessage,
): Promise<ReceiveOutcome | undefined> {
  const twin: { id: number; ticketId: number } | undefined = await trx('messages')
    .where({ accountId: account.id, fingerprint: message.fingerprint })
    .first('id', 'ticketId');
  return twin && { state: 'duplicate', messageId: twin.id, ticketId: twin.ticketId };
}

async function deliver(app: App, step: Change, input: ReceiveMessage): Promise<ReceiveOutcome> {
  const { message } = input;
  const system: Actor = { kind: 'system', id: 'intake', door: input.account.channel };
  const contactId =
    'contactId' in input.from
      ? await holdContact(step, input.from.contactId)
      : await addContact(app, step, {
          language: message.language ?? null,
          ...input.from.create,
          compareLater: true,
          actor: system,
        });
  const actor: Actor = { kind: 'contact', id: contactId, door: input.account.channel };
  const known = input.ticketId === null ? undefined : await holdTicket(step, input.ticketId);
  const ticket = known ?? (await open(step, input, { contactId, actor }));
  if ('contactId' in input.from && input.from.keeps)
    await keepAddress(app, step, { contactId, identity: input.from.keeps });
  app.fault('receive.afterTicket');
  const messageId = await insertMessage(app, step, {
    ticketId: ticket.id,
    kind: 'incoming',
    contactId,
    channel: input.account.channel,
    accountId: input.account.id,
    writtenAt: message.writtenAt,
    subject: message.subject,
    text: message.text,
    quote: message.quote,
    html: message.html,
    htmlVersion: message.htmlVersion,
    participants: message.participants,
    externalId: message.externalId,
    fingerprint: message.fingerprint,
    intakeId: input.intakeId ?? null,
    auto: message.auto,
    flags: message.flags,
    attachments: message.attachments,
    alsoFoundBy: foundBy(ticket, message, !known),
    ...(input.at ? { createdAt: input.at } : {}),
  });
  app.fault('receive.afterMessage');
  if (known) await continueTicket(step, { ticket: known, input, actor });
  await keepEvidence(step, messageId, input.evidence);
  await askForDecision(step, { ticketId: ticket.id, contactId, messageId, evidence: input.evidence, actor });
  step.announce('message.received', {
    ticketId: ticket.id,
    contactId,
    messageId,
    channel: input.account.channel,
    auto: message.auto,
    first: !known,
    actor,
  });
  return { state: 'delivered', ticketId: ticket.id, messageId, contactId, opened: !known };
}

async function keepAddress(
  app: App,
  step: Change,
  { contactId, identity }: { contactId: number; identity: NewIdentity },
): Promise<void> {
  const [row] = await step
    .trx('identities')
    .insert({ ...identity, contactId, createdAt: step.at })
    .onConflict(['kind', 'normalised'])
    .ignore()
    .returning<{ id: number }[]>('id');
  if (!row) return;
  await reindexContact(app, step, contactId);
  const { kind } = identity;
  step.announce('identity.added', {
    contactId,
    identityId: row.id,
    kind,
    actor: { kind: 'system', id: 'intake' },
  });
}

function foundBy(ticket: TicketRecord, message: ReceiveMessage['message'], first: boolean): string {
  const { from } = message.participants;
  const who = from ? `${from.name} ${from.value}` : '';
  return first ? `${ticket.subject} ${ticket.number} ${who}` : `${message.subject ?? ''} ${who}`;
}

async function open(
  step: Change,
  input: ReceiveMessage,
  { contactId, actor }: { contactId: number; actor: Actor },
): Promise<TicketRecord> {
  const { account, message, membership } = input;
  const at = input.at ?? step.at;
  // The letter was read before this transaction; a merge may have come between.
  const membershipId = await ownHat(step, { membershipId: membership?.id ?? null, contactId });
  const hat = membershipId === null ? null : membership;
  const ticket = await insertTicket(
    step,
    {
      subject: message.subject?.trim() || snippetOf(message.text).slice(0, 80) || '—',
      channel: account.channel,
      accountId: account.id,
      lineId: account.lineId,
      contactId,
      membershipId,
      membershipReason: hat?.reason ?? null,
      membershipValues: hat?.values ? JSON.stringify(hat.values) : null,
      category: 'new',
      waitingSince: message.auto ? null : at,
      snippet: snippetOf(message.text),
      openedAt: at,
    },
    actor,
  );
  const links = [
    [input.followUpOf, 'follow-up'],
    [input.relatedTo, 'related'],
  ] as const;
  for (const [toTicketId, kind] of links) {
    if (!toTicketId) continue;
    await step.trx('ticket_links').insert({ fromTicketId: ticket.id, toTicketId, kind, createdAt: step.at });
    step.announce('ticket.linked', { ticketId: ticket.id, toTicketId, link: kind, actor });
  }
  return ticket;
}

async function continueTicket(
  step: Change,
  { ticket, input, actor }: { ticket: TicketRecord; input: ReceiveMessage; actor: Actor },
): Promise<void> {
  const { message } = input;
  const at = input.at ?? step.at;
  const seen = { lastMessageAt: at, snippet: snippetOf(message.text), messageCount: ticket.messageCount + 1 };
  // A machine's letter is kept in the ticket but wakes nobody.
  if (message.auto) return void (await saveTicket(step, ticket, seen, { quiet: true }));
  const wakes = ticket.snoozedUntil !== null && !ticket.staysSnoozed;
  const reopens =
    ticket.category === 'waiting_customer' || ticket.category === 'waiting_other' || isDone(ticket.category);
  await saveTicket(
    step,
    ticket,
    {
      ...seen,
      waitingSince: ticket.waitingSince ?? at,
      ...(wakes ? { snoozedUntil: null } : {}),
      ...(reopens ? { status: 'open', category: 'open' as const, solvedAt: null, closedAt: null } : {}),
    },
    { quiet: !reopens && !wakes },
  );
  if (wakes) step.announce('ticket.woken', { ticketId: ticket.id, because: 'reply', actor });
  if (reopens)
    step.announce('ticket.reopened', {
      ticketId: ticket.id,
      contactId: ticket.contactId,
      from: ticket.category,
      to: 'open',
      status: 'open',
      actor,
    });
}

async function keepEvidence(
  { trx }: Change,
  messageId: number,
  evidence: readonly NewEvidence[],
): Promise<void> {
  if (evidence.length === 0) return;
  const merged = new Map<number, number | undefined>();
  for (const { candidateContactId: id } of evidence)
    if (id && !merged.has(id)) merged.set(id, await followMerges(trx, id));
  await trx('match_evidence').insert(
    evidence.map((piece) => ({
      candidateTicketId: null,
      detail: null,
      ...piece,
      candidateContactId: merged.get(piece.candidateContactId ?? 0) ?? piece.candidateContactId ?? null,
      messageId,
    })),
  );
}

/** Strong signs that disagree wait for a person. */
async function askForDecision(
  step: Change,
  asked: {
    ticketId: number;
    contactId: number;
    messageId: number;
    evidence: readonly NewEvidence[];
    actor: Actor;
  },
): Promise<void> {
  const { ticketId, contactId, messageId, evidence, actor } = asked;
  const candidates = evidence.flatMap(({ decision, candidateContactId }) =>
    decision === 'conflict' && candidateContactId ? [candidateContactId] : [],
  );
  if (candidates.length === 0) return;
  await keepUndecided(step, [ticketId]);
  const named = [...new Set(candidates)];
  step.announce('ticket.senderDisputed', { ticketId, contactId, messageId, candidates: named, actor });
}
