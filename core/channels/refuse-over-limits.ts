import type { Knex } from 'knex';
import { errors } from '../errors/errors.js';
import type { Channel, ChannelAccount } from './channel.js';
import { findReplyWindow } from './queries/find-reply-window.js';

export interface Carried {
  readonly text: string;
  readonly uploads?: readonly string[];
  readonly buttons?: readonly string[];
  readonly hasTemplate: boolean;
}

/**
 * Stops what the channel cannot carry before anything is written.
 * @throws MESSAGE_TOO_LONG, ATTACHMENTS_TOO_MANY, ATTACHMENTS_TOO_LARGE, BUTTONS_TOO_MANY, REPLY_WINDOW_CLOSED
 */
export async function refuseOverLimits(
  { db, now }: { db: Knex; now: Date },
  { channel, account, contactId }: { channel: Channel; account: ChannelAccount; contactId: number },
  { text, uploads = [], buttons = [], hasTemplate }: Carried,
): Promise<void> {
  const { maxCharacters, maxAttachments, maxAttachmentBytes, maxButtons = 0 } = channel.limits;
  const at = { channel: account.name };
  if (maxCharacters !== undefined && text.length > maxCharacters)
    throw errors.MESSAGE_TOO_LONG({ ...at, limit: maxCharacters, length: text.length });
  if (maxAttachments !== undefined && uploads.length > maxAttachments)
    throw errors.ATTACHMENTS_TOO_MANY({ ...at, limit: maxAttachments });
  if (buttons.length > maxButtons) throw errors.BUTTONS_TOO_MANY({ ...at, limit: maxButtons });
  if (uploads.length > 0 && (await sizeOf(db, uploads)) > maxAttachmentBytes)
    throw errors.ATTACHMENTS_TOO_LARGE({ ...at, limit: Math.floor(maxAttachmentBytes / 1024 / 1024) });
  if (hasTemplate) return;
  const window = await findReplyWindow(db, { channel, account, contactId, now });
  if (window && !window.isOpen) throw errors.REPLY_WINDOW_CLOSED(at);
}

async function sizeOf(db: Knex, keys: readonly string[]): Promise<number> {
  const rows: { size: number }[] = await db('attachments')
    .whereIn('key', [...keys])
    .select('size');
  return rows.reduce((sum, { size }) => sum + size, 0);
}
