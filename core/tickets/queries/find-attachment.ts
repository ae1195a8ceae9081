import type { Knex } from 'knex';
import { errors } from '../../errors/errors.js';
import type { AttachmentRecord } from '../models/attachment.js';
import type { TicketViewer } from '../seen-by.js';
import { findMessage } from './find-message.js';

/** An attachment by the key in its address, if the viewer may see its ticket. @throws NOT_FOUND */
export async function findAttachment(db: Knex, key: string, viewer: TicketViewer): Promise<AttachmentRecord> {
  const attachment = (await db('attachments').where({ key }).first()) as AttachmentRecord | undefined;
  if (!attachment) throw errors.NOT_FOUND();
  if (attachment.messageId !== null) await findMessage(db, attachment.messageId, viewer);
  else if (attachment.uploadedBy !== viewer.agentId) throw errors.NOT_FOUND();
  return attachment;
}
