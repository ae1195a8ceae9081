import type { Knex } from 'knex';
import type { Channel, ChannelAccount } from '../channel.js';

/** Until when words of one's own may be sent to somebody. `null`: always. */
export type ReplyWindow = { readonly closesAt: string; readonly isOpen: boolean } | null;

/**
 * Whether a customer may be written to freely: some providers allow it only for a time after the customer's last
 * message to this account. One who has never written there has a window that is closed since ever.
 */
export async function findReplyWindow(
  db: Knex,
  asked: {
    channel: Pick<Channel, 'limits'>;
    account: Pick<ChannelAccount, 'id'>;
    contactId: number;
    now: Date;
  },
): Promise<ReplyWindow> {
  const { replyWindowMs } = asked.channel.limits;
  if (replyWindowMs === undefined) return null;
  const last: { createdAt: string; writtenAt: string | null } | undefined = await db('messages')
    .join('tickets', 'tickets.id', 'messages.ticketId')
    .where({ 'tickets.contactId': asked.contactId })
    .where({
      'messages.accountId': asked.account.id,
      'messages.contactId': asked.contactId,
      'messages.kind': 'incoming',
    })
    .orderBy('messages.id', 'desc')
    .first('messages.createdAt', 'messages.writtenAt');
  // The provider counts from when it got the message, which may be long before we did.
  const since = last ? Date.parse(last.writtenAt ?? last.createdAt) : 0;
  const closes = since + replyWindowMs;
  return { closesAt: new Date(closes).toISOString(), isOpen: closes > asked.now.getTime() };
}
