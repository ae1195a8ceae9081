import type { HostApp } from '@helpdesk/core';
import type { VisitorRecord } from './visitor.js';

/** Somebody whose page asked for news so short ago has it open. */
const HERE_MS = 75_000;

/** Beside a ticket: whether the visitor is there, on which page they wrote, what they left. */
export async function loadTicketPanel({ db, now }: HostApp, { ticketId }: { ticketId: number }) {
  const from: { fromValue: string } | undefined = await db('identities')
    .join('tickets', 'tickets.contactId', 'identities.contactId')
    .join('web_chat_visitors', 'web_chat_visitors.visitor', 'identities.normalised')
    .where({ 'tickets.id': ticketId, 'identities.kind': 'web-chat' })
    .whereRaw('web_chat_visitors.account_id = tickets.account_id')
    .orderBy('web_chat_visitors.seenAt', 'desc')
    .first('identities.normalised as fromValue');
  if (!from) return undefined;
  const visitor: VisitorRecord | undefined = await db('web_chat_visitors')
    .where({ visitor: from.fromValue })
    .first();
  if (!visitor) return undefined;
  const { seenAt, page, email, provenEmail } = visitor;
  const isHere = now().getTime() - Date.parse(seenAt) < HERE_MS;
  return { isHere, seenAt, page, provenEmail, email: email === provenEmail ? null : email };
}
