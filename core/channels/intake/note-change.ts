import type { App } from '../../database/app.js';
import { change, type Change } from '../../database/change.js';
import { INDEXED_MOST } from '../../database/search/words.js';
import { indexWords } from '../../database/search/index-words.js';
import { parseJson } from '../../database/record.js';
import type { Actor } from '../../hooks/catalogue.js';
import type { ChannelAccount } from '../channel.js';
import type { IncomingMessage } from '../incoming-message.js';
import type { ClaimedItem } from './claim-intake.js';
import { settleIntake } from './settle-intake.js';

interface Changed {
  id: number;
  ticketId: number;
  contactId: number;
  text: string;
  flags: string;
}

/**
 * Its writer has changed or taken back an earlier message. What it said before is kept beside it: nothing that a customer
 * wrote is ever lost. Only the writer's own message by the same account is changed; one that is not known is parked.
 */
export async function noteChange(
  app: App,
  { item, account, message }: { item: ClaimedItem; account: ChannelAccount; message: IncomingMessage },
): Promise<void> {
  await change(app, async (step) => {
    const original = await findOriginal(step, account, message);
    if (!original || !message.change) return parkUnknown(step, item);
    const kind = message.change.kind === 'deleted' ? 'deleted' : 'edited';
    const actor: Actor = { kind: 'contact', id: original.contactId, door: account.channel };
    const { ticketId, contactId, id: messageId } = original;
    await step
      .trx('messageEdits')
      .insert({ messageId, intakeId: item.id, kind, text: original.text, at: step.at });
    await rewrite(app, step, { original, message, kind });
    await settleIntake(step, item, { state: 'delivered', messageId });
    step.announce('message.changed', { ticketId, contactId, messageId, change: kind, actor });
  });
}

async function findOriginal(
  { trx }: Change,
  account: ChannelAccount,
  { change: changed, from }: IncomingMessage,
): Promise<Changed | undefined> {
  const row: (Changed & { participants: string }) | undefined = await trx('messages')
    .where({ accountId: account.id, externalId: changed?.of ?? '', kind: 'incoming' })
    .orderBy('id', 'desc')
    .first('id', 'ticketId', 'contactId', 'text', 'flags', 'participants');
  const { from: writer } = parseJson<{ from?: { value: string } }>(row?.participants, {});
  return row && writer?.value === from?.value ? row : undefined;
}

/** The words of one that was taken back stay for the team to read; the flag says what its writer wanted. */
async function rewrite(
  app: App,
  step: Change,
  { original, message, kind }: { original: Changed; message: IncomingMessage; kind: 'edited' | 'deleted' },
): Promise<void> {
  const flags = new Set([...parseJson<string[]>(original.flags, []), kind]);
  const text = kind === 'edited' ? message.text : original.text;
  await step
    .trx('messages')
    .where({ id: original.id })
    .update({ text, flags: JSON.stringify([...flags]) });
  if (kind === 'deleted') return;
  const ticket: { subject: string; number: number } | undefined = await step
    .trx('tickets')
    .where({ id: original.ticketId })
    .first('subject', 'number');
  const said = `${text.slice(0, INDEXED_MOST)} ${original.text.slice(0, INDEXED_MOST)}`;
  const words = `${ticket?.subject ?? ''} ${ticket?.number ?? ''} ${message.from?.name ?? ''} ${said}`;
  await indexWords(step.trx, app.database.engine, { table: 'messages_search', id: original.id, text: words });
}

async function parkUnknown(step: Change, item: ClaimedItem): Promise<void> {
  const reason = 'change-unknown';
  await settleIntake(step, item, { state: 'parked', reason });
  const actor: Actor = { kind: 'system', id: 'intake' };
  step.announce('intake.parked', { intakeId: item.id, accountId: item.accountId, reason, actor });
}
