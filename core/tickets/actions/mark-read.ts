import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';

export interface MarkRead {
  agentId: number;
  ticketId: number;
  /** The newest message on the page. */
  messageId: number;
}

/** Note that an agent has seen a ticket up to a message. No event: it is nobody's business but his. */
export async function markRead(app: App, { agentId, ticketId, messageId }: MarkRead): Promise<void> {
  const known: { messageId: number } | undefined = await app
    .db('ticket_reads')
    .where({ agentId, ticketId })
    .first();
  if (known && known.messageId >= messageId) return;
  await change(app, async ({ trx, at }) => {
    await trx('ticket_reads')
      .insert({ agentId, ticketId, messageId, at })
      .onConflict(['agentId', 'ticketId'])
      .merge({ messageId, at });
    await trx('mentions').where({ agentId, ticketId }).whereNull('seenAt').update({ seenAt: at });
  });
}
