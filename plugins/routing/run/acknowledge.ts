import { answerTicket, change, type Actor, type HostApp, type TicketRecord } from '@helpdesk/core';
import { fillTemplate } from './fill-template.js';
import { findRecipient, skipped } from './find-recipient.js';
import type { Runner } from './run-rules.js';
import type { ActionTrace } from './trace.js';

const HOUR_MS = 3_600_000;

/**
 * Tells whoever has just written that it has arrived, by the way on which he wrote. One to a request, one an hour to an
 * address; nothing once somebody has answered. As with every answer of a rule, the customer waits on.
 */
export async function acknowledge(
  { app }: Runner,
  ticket: TicketRecord,
  { text, idempotencyKey, actor }: { text: string; idempotencyKey: string; actor: Actor },
): Promise<Omit<ActionTrace, 'action'>> {
  const found = await findRecipient(app, ticket);
  if ('outcome' in found) return found;
  const { latest, account, identityId, to } = found;
  // What an agent wrote down by the phone was heard by somebody already.
  if (!latest || latest.flags.includes('by-hand') || ticket.accountId === null) return skipped('notWritten');
  if (account.id !== ticket.accountId) return skipped('otherWay');
  const filled = await fillTemplate(app, ticket, text);
  if ('missing' in filled) return skipped('notFilled', { place: filled.missing });
  const refused = await claim(app, { ticketId: ticket.id, identityId, idempotencyKey });
  if (refused) return skipped(refused);
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

/** Takes the one acknowledgement of a request, or says why there is none to be taken. The same run may take it again. */
function claim(
  app: HostApp,
  { ticketId, identityId, idempotencyKey }: { ticketId: number; identityId: number; idempotencyKey: string },
): Promise<'alreadyAnswered' | 'tooSoon' | undefined> {
  return change(app, async ({ trx, at }) => {
    const taken: { key: string } | undefined = await trx('routing_acknowledgements')
      .where({ ticketId })
      .first('key');
    if (taken) return taken.key === idempotencyKey ? undefined : 'alreadyAnswered';
    const answer: unknown = await trx('messages')
      .where({ ticketId, kind: 'outgoing' })
      .whereNull('cancelledAt')
      .first('id');
    if (answer) return 'alreadyAnswered';
    const since = new Date(Date.parse(at) - HOUR_MS).toISOString();
    const other: unknown = await trx('routing_acknowledgements')
      .where({ identityId })
      .where('at', '>', since)
      .first('ticketId');
    if (other) return 'tooSoon';
    await trx('routing_acknowledgements').insert({ ticketId, identityId, at, key: idempotencyKey });
    return undefined;
  });
}
