import type { App, IncomingMessage, TicketCandidate } from '@helpdesk/core';
import { readThreadToken, tokenOfAddress, tokenOfMessageId } from './thread-token.js';

const REFERENCES_READ = 50;

/**
 * Which tickets a mail may belong to. Strong: a token of ours in References, In-Reply-To or behind a plus of an address
 * it was sent to, with a right signature. Weak: a number in the subject; it is only shown. That the writer takes part in
 * the ticket is checked by core.
 */
export async function findTickets(
  app: Pick<App, 'keys' | 'db'>,
  message: IncomingMessage,
): Promise<TicketCandidate[]> {
  const ids = [message.inReplyTo, ...message.references.slice(-REFERENCES_READ)].filter((id) => id !== null);
  const tokens = [
    ...ids.map(tokenOfMessageId),
    ...[...message.to, ...message.cc].map(({ value }) => tokenOfAddress(value)),
  ];
  const candidates: TicketCandidate[] = [];
  for (const token of new Set(tokens)) {
    const read = token === undefined ? undefined : readThreadToken(app.keys, token);
    if (read && !candidates.some(({ ticketId }) => ticketId === read.ticketId))
      candidates.push({ ticketId: read.ticketId, strength: 'strong', kind: 'token' });
  }
  const number = /\[#(\d{1,12})\]/.exec(message.subject ?? '')?.[1];
  if (!number) return candidates;
  const named: { id: number } | undefined = await app
    .db('tickets')
    .where({ number: Number(number) })
    .first('id');
  if (named && !candidates.some(({ ticketId }) => ticketId === named.id))
    candidates.push({ ticketId: named.id, strength: 'weak', kind: 'subject-number', detail: `#${number}` });
  return candidates;
}
