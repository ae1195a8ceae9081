import type { Knex } from 'knex';
import { Message, type MessageRecord } from '../../tickets/models/message.js';

/**
 * The letter that an answer answers: the newest that somebody outside wrote by this channel. Notes are of another kind,
 * and what a machine sent on its own (an auto-reply, a bounce) is not what people answer.
 */
export async function findAnswered(
  db: Knex,
  { ticketId, channel, upTo }: { ticketId: number; channel: string; upTo?: number | undefined },
): Promise<MessageRecord | null> {
  const query = Message.query(db)
    .where({ ticketId, channel, kind: 'incoming' })
    .where((written) => void written.whereNull('auto').orWhere({ auto: 'list' }))
    .orderBy('id', 'desc')
    .first();
  if (upTo !== undefined) void query.where('id', '<=', upTo);
  return ((await query) as MessageRecord | undefined) ?? null;
}
