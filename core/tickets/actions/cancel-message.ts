import type { App } from '../../database/app.js';
import { change, type Change } from '../../database/change.js';
import { removeWords } from '../../database/search/index-words.js';
import type { Actor } from '../../hooks/catalogue.js';
import { holdTicket } from '../hold-ticket.js';
import { Message, type MessageRecord } from '../models/message.js';
import type { TicketRecord } from '../models/ticket.js';
import { saveTicket, type Patch } from '../save-ticket.js';
import type { UndoReply } from './reply-to-ticket.js';

export interface CancelMessage {
  messageId: number;
  /** Only whoever wrote it may take it back. */
  agentId: number;
  actor: Actor;
}

/**
 * Take back a reply that has not left yet: it becomes the draft again with its files, and the ticket is as it was.
 * @returns false when it is too late, or somebody else's
 */
export async function cancelMessage(
  app: App,
  { messageId, agentId, actor }: CancelMessage,
): Promise<boolean> {
  return change(app, async (step) => {
    const message = await Message.query(step.trx).findById(messageId).where({ agentId, kind: 'outgoing' });
    if (!message || message.cancelledAt !== null) return false;
    const ticket = await holdTicket(step, message.ticketId);
    // One recipient may have it already, while another waits behind an older letter: then it stands.
    const deliveries: { state: string }[] = await step
      .trx('deliveries')
      .where({ messageId })
      .forUpdate()
      .select('state');
    if (deliveries.length === 0 || deliveries.some(({ state }) => state !== 'held')) return false;
    await step.trx('deliveries').where({ messageId }).update({ state: 'cancelled', dueAt: null });
    await step.trx('messages').where({ id: messageId }).update({ cancelledAt: step.at });
    await removeWords(step.trx, app.database.engine, { table: 'messages_search', id: messageId });
    await keepAsDraft(step, { message, agentId });
    await restoreTicket(step, ticket, message);
    step.announce('message.cancelled', { ticketId: message.ticketId, messageId, actor });
    return true;
  });
}

/** Text, recipients and files: everything that was written is in the editor again. */
async function keepAsDraft(
  { trx, at }: Change,
  { message, agentId }: { message: MessageRecord; agentId: number },
): Promise<void> {
  const { id: messageId, ticketId, text, participants } = message;
  const files: { key: string }[] = await trx('attachments')
    .where({ messageId, uploadedBy: agentId })
    .orderBy('id')
    .select('key');
  await trx('attachments').where({ messageId, uploadedBy: agentId }).update({ messageId: null });
  const kept = {
    text,
    participants: JSON.stringify(participants),
    uploads: JSON.stringify(files.map(({ key }) => key)),
    updatedAt: at,
  };
  await trx('drafts')
    .insert({ agentId, ticketId, mode: 'reply', ...kept })
    .onConflict(['agentId', 'ticketId', 'mode'])
    .merge(kept);
}

/** What still is as the reply left it becomes what it was; what was changed since stands. */
async function restoreTicket(step: Change, ticket: TicketRecord, message: MessageRecord): Promise<void> {
  const messageCount = ticket.messageCount - 1;
  const undo = message.frozen?.['undo'] as UndoReply | undefined;
  const later: unknown = await step
    .trx('messages')
    .where({ ticketId: ticket.id, kind: 'outgoing' })
    .where('id', '>', message.id)
    .whereNull('cancelledAt')
    .first('id');
  if (!undo || later) return void (await saveTicket(step, ticket, { messageCount }, { quiet: true }));
  const { before, after } = undo;
  const unchanged = Object.keys(before).filter(
    (name) => ticket[name as keyof Patch] === after[name as keyof Patch],
  );
  const restored: Patch = Object.fromEntries(unchanged.map((name) => [name, before[name as keyof Patch]]));
  // A letter that came since waits too, but the question that stood before has waited longer.
  const waitingSince = before.waitingSince ?? ticket.waitingSince;
  await saveTicket(step, ticket, { ...restored, messageCount, waitingSince });
}
