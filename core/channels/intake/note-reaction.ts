import type { App } from '../../database/app.js';
import { change, type Change } from '../../database/change.js';
import { parseJson } from '../../database/record.js';
import type { Actor } from '../../hooks/catalogue.js';
import type { ChannelAccount } from '../channel.js';
import type { IncomingMessage } from '../incoming-message.js';
import type { ClaimedItem } from './claim-intake.js';
import { settleIntake } from './settle-intake.js';

interface Target {
  messageId: number;
  ticketId: number;
  contactId: number;
  flags: string;
}

const MOST = 64;

/**
 * A 👍 under a message, or one that was taken back. It is kept at that message and says nothing to the ticket: nothing
 * is opened again, no clock is touched, nobody waits for an answer. One at a message that is not known, or that was never
 * between the two of them, is refused.
 */
export async function noteReaction(
  app: App,
  { item, account, message }: { item: ClaimedItem; account: ChannelAccount; message: IncomingMessage },
): Promise<void> {
  await change(app, async (step) => {
    const target = await findTarget(step, account, message);
    if (!target) return refuseUnknown(step, item);
    const { messageId, ticketId, contactId } = target;
    const flags = new Set([...parseJson<string[]>(target.flags, []), 'reacted']);
    await step
      .trx('messages')
      .where({ id: messageId })
      .update({ flags: JSON.stringify([...flags]) });
    const text = message.text.slice(0, MOST).toWellFormed();
    await step
      .trx('messageEdits')
      .insert({ messageId, intakeId: item.id, kind: 'reacted', text, at: step.at });
    await settleIntake(step, item, { state: 'delivered', messageId });
    const actor: Actor = { kind: 'contact', id: contactId, door: account.channel };
    step.announce('message.changed', { ticketId, contactId, messageId, change: 'reacted', actor });
  });
}

async function findTarget(
  { trx }: Change,
  account: ChannelAccount,
  { change: changed, from }: IncomingMessage,
): Promise<Target | undefined> {
  const externalId = changed?.of ?? '';
  const sent: Target | undefined = await trx('deliveries')
    .join('messages', 'messages.id', 'deliveries.messageId')
    .join('tickets', 'tickets.id', 'messages.ticketId')
    .where({
      'deliveries.accountId': account.id,
      'deliveries.externalId': externalId,
      'deliveries.recipient': from?.value ?? '',
    })
    .first('messages.id as messageId', 'messages.ticketId', 'tickets.contactId', 'messages.flags');
  if (sent) return sent;
  const own: (Target & { participants: string }) | undefined = await trx('messages')
    .where({ accountId: account.id, externalId, kind: 'incoming' })
    .orderBy('id', 'desc')
    .first('id as messageId', 'ticketId', 'contactId', 'flags', 'participants');
  const { from: writer } = parseJson<{ from?: { value: string } }>(own?.participants, {});
  return own && writer?.value === from?.value ? own : undefined;
}

async function refuseUnknown(step: Change, item: ClaimedItem): Promise<void> {
  const reason = 'reaction-unknown';
  await settleIntake(step, item, { state: 'refused', reason });
  const actor: Actor = { kind: 'system', id: 'intake' };
  step.announce('intake.refused', { intakeId: item.id, accountId: item.accountId, reason, actor });
}
