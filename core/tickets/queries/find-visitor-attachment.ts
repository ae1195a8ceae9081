import type { Knex } from 'knex';
import { errors } from '../../errors/errors.js';
import type { AttachmentRecord } from '../models/attachment.js';
import { readableAt } from '../readable-messages.js';
import { visibleTo, type Reader } from '../visible-to.js';

/** A file of a message that the customer may read, by the key in its address. @throws NOT_FOUND */
export async function findVisitorAttachment(
  db: Knex,
  { visitor, key, now }: { visitor: Reader; key: string; now: Date },
): Promise<AttachmentRecord> {
  const attachment = await db('attachments')
    .join('messages', 'messages.id', 'attachments.messageId')
    .join('tickets', 'tickets.id', 'messages.ticketId')
    .where('attachments.key', key)
    .modify(visibleTo, { reader: visitor })
    .modify(readableAt, now.toISOString())
    .whereNot('messages.flags', 'like', '%"deleted"%')
    .first<AttachmentRecord | undefined>('attachments.*');
  if (!attachment) throw errors.NOT_FOUND();
  return attachment;
}
