import { answerTicket, findSavedReply, type Actor, type HostApp, type TicketRecord } from '@helpdesk/core';
import { fillTemplate } from './fill-template.js';
import { findRecipient, skipped } from './find-recipient.js';
import type { Runner } from './run-rules.js';
import type { ActionTrace } from './trace.js';

const DAY_MS = 24 * 3_600_000;

/**
 * Answers with a saved reply as the company, not as a person: the customer waits on. No more than so many times a day to
 * one contact, see `findRecipient` for the rest.
 */
export async function replyFromRule(
  { app, limits }: Runner,
  ticket: TicketRecord,
  { savedReplyId, idempotencyKey, actor }: { savedReplyId: number; idempotencyKey: string; actor: Actor },
): Promise<Omit<ActionTrace, 'action'>> {
  const found = await findRecipient(app, ticket);
  if ('outcome' in found) return found;
  const { text } = await findSavedReply(app.db, savedReplyId);
  const filled = await fillTemplate(app, ticket, text);
  if ('missing' in filled) return skipped('notFilled', { place: filled.missing });
  if ((await countReplies(app, ticket.contactId)) >= limits().replies)
    return skipped('tooManyReplies', { count: limits().replies });
  await answerTicket(app, {
    ticketId: ticket.id,
    agentId: null,
    text: filled.text,
    to: [found.to],
    then: 'stay',
    idempotencyKey,
    actor,
  });
  return { outcome: 'done' };
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
