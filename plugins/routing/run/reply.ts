import {
  accountFor,
  answerTicket,
  findContactCard,
  findSavedReply,
  type Actor,
  type HostApp,
  type MessageRecord,
  type Participant,
  type TicketRecord,
} from '@helpdesk/core';
import { fillTemplate } from './fill-template.js';
import type { Runner } from './run-rules.js';
import type { ActionTrace } from './trace.js';

type Came = Omit<ActionTrace, 'action'>;
const skipped = (key: string, values: Readonly<Record<string, unknown>> = {}): Came => ({
  outcome: 'skipped',
  why: { key: `routing.why.${key}`, values },
});

const DAY_MS = 24 * 3_600_000;

/**
 * Answers with a saved reply as the company, not as a person: the customer waits on. Never what a machine, a list or a
 * bounce wrote, never while it is not decided who writes, never more than so many times a day to one contact: two machines must not write to each other for ever.
 */
export async function replyFromRule(
  { app, limits }: Runner,
  ticket: TicketRecord,
  { savedReplyId, idempotencyKey, actor }: { savedReplyId: number; idempotencyKey: string; actor: Actor },
): Promise<Came> {
  if (ticket.undecidedSince !== null) return skipped('undecided');
  const latest = await findLatest(app, ticket);
  if (latest?.auto) return skipped('automatic');
  const to = await recipientOf(app, ticket, latest);
  if (!to) return skipped('noAddress');
  const { text } = await findSavedReply(app.db, savedReplyId);
  const filled = await fillTemplate(app, ticket, text);
  if ('missing' in filled) return skipped('notFilled', { place: filled.missing });
  if ((await countReplies(app, ticket.contactId)) >= limits().replies)
    return skipped('tooManyReplies', { count: limits().replies });
  await answerTicket(app, {
    ticketId: ticket.id,
    agentId: null,
    text: filled.text,
    to: [to],
    then: 'stay',
    idempotencyKey,
    actor,
  });
  return { outcome: 'done' };
}

async function findLatest(app: HostApp, { id }: TicketRecord): Promise<MessageRecord | undefined> {
  const row = (await app
    .db('messages')
    .where({ ticketId: id, kind: 'incoming' })
    .orderBy('id', 'desc')
    .first('auto', 'contactId', 'participants')) as
    | (Omit<MessageRecord, 'participants'> & { participants: string })
    | undefined;
  return row && { ...row, participants: JSON.parse(row.participants) as MessageRecord['participants'] };
}

/** The address that the customer wrote from when it is known to be his, else his first one of the channel. */
async function recipientOf(
  app: HostApp,
  ticket: TicketRecord,
  latest: MessageRecord | undefined,
): Promise<Participant | undefined> {
  const account = await accountFor(app, ticket);
  const kind = account && app.channels.get(account.channel)?.identityKind;
  if (!kind) return undefined;
  const { contact, identities } = await findContactCard(app.db, ticket.contactId);
  const own = identities.filter((one) => one.kind === kind && one.failedAt === null);
  const from = latest?.participants.from?.value.toLowerCase();
  const chosen = own.find(({ normalised, value }) => normalised === from || value === from) ?? own[0];
  return chosen && { name: contact.name, kind, value: chosen.value };
}

/** How often machines have answered a contact within a day. */
async function countReplies(app: HostApp, contactId: number): Promise<number> {
  const since = new Date(app.now().getTime() - DAY_MS).toISOString();
  const [row] = await app
    .db('messages')
    .join('tickets', 'tickets.id', 'messages.ticketId')
    .where({ 'tickets.contactId': contactId, 'messages.kind': 'outgoing', 'messages.auto': 'auto' })
    .where('messages.createdAt', '>', since)
    .count<{ n: number }[]>({ n: '*' });
  return Number(row?.n ?? 0);
}
