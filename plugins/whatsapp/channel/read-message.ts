import { readFile } from 'node:fs/promises';
import {
  cleanText,
  emptyMessage,
  unreadableMessage,
  type ChannelAccount,
  type HostApp,
  type IncomingAttachment,
  type IncomingMessage,
  type RawMessage,
} from '@helpdesk/core';
import { z } from 'zod';
import { fetchMedia } from '../api/fetch-media.js';
import { Message, type Value } from '../api/payload.js';
import { readCall, type Place } from '../api/read-call.js';
import { mediaOf, type NamedMedia } from './media-of.js';
import type { BusinessNumber } from './number-of.js';
import { wordsOf } from './words-of.js';

const Where = z.object({ entry: z.number(), change: z.number(), message: z.number() });

/** Reads the one message of a call that the journal's row is about. A file that WhatsApp keeps to itself is left out and said so. */
export async function readMessage(
  app: Pick<HostApp, 'files'>,
  {
    raw,
    account,
    number,
    isLastTry,
  }: { raw: RawMessage; account: ChannelAccount; number: BusinessNumber; isLastTry: boolean },
): Promise<IncomingMessage> {
  const where = Where.safeParse(raw.meta);
  const found = where.success ? find(await readFile(raw.path), where.data) : undefined;
  if (!found) return unreadableMessage(raw);
  const { message, value } = found;
  const head = {
    ...emptyMessage,
    fingerprint: message.id,
    inReplyTo: message.context?.id ?? null,
    writtenAt: new Date(message.timestamp * 1000).toISOString(),
    from: writerOf(message, value),
    to: [{ name: account.name, kind: 'whatsapp', value: account.address }],
  };
  const { edit, revoke, reaction } = message;
  if (reaction)
    return {
      ...head,
      text: clean(reaction.emoji ?? ''),
      change: { of: reaction.message_id, kind: 'reacted' },
    };
  if (revoke) return { ...head, change: { of: revoke.original_message_id, kind: 'deleted' } };
  if (edit)
    return {
      ...head,
      text: clean(wordsOf(edit.message)),
      change: { of: edit.original_message_id, kind: 'edited' },
    };
  const { attachments, missing } = await fetchAll(app, number, { files: mediaOf(message), isLastTry });
  const text = clean(wordsOf(message));
  const flags = [
    ...(missing ? ['file-missing'] : []),
    ...(message.button || message.interactive ? ['button'] : []),
    // What WhatsApp does not hand on: a poll, a view-once picture.
    ...(text === '' && mediaOf(message).length === 0 ? ['truncated'] : []),
  ];
  return { ...head, externalId: message.id, text, attachments, flags };
}

function find(
  raw: Buffer,
  { entry, change, message }: Place,
): { message: Message; value: Value } | undefined {
  const value = readCall(raw)?.find((one) => one.entry === entry && one.change === change)?.value;
  const read = Message.safeParse(value?.messages[message]);
  return value && read.success ? { message: read.data, value } : undefined;
}

function writerOf({ from, from_user_id: userId }: Message, { contacts }: Value): IncomingMessage['from'] {
  const value = from ?? userId;
  if (!value) return null;
  const person = contacts.find(({ wa_id: number, user_id: id }) => number === value || id === value);
  const name = clean((person?.profile?.name ?? '').slice(0, 200));
  return { name: name || (from ? `+${from}` : value), kind: 'whatsapp', value };
}

const clean = (text: string) => cleanText(text.slice(0, 100_000));

async function fetchAll(
  app: Pick<HostApp, 'files'>,
  number: BusinessNumber,
  { files, isLastTry }: { files: readonly NamedMedia[]; isLastTry: boolean },
): Promise<{ attachments: IncomingAttachment[]; missing: boolean }> {
  const attachments: IncomingAttachment[] = [];
  for (const { mediaId, filename, contentType } of files) {
    const { phoneNumberId } = number;
    const kept = await fetchMedia(app, number, { mediaId, phoneNumberId }).catch((error: unknown) => {
      if (!isLastTry) throw error;
      return undefined;
    });
    if (kept)
      attachments.push({ ...kept, filename: clean(filename), contentType, contentId: null, inline: false });
  }
  return { attachments, missing: attachments.length < files.length };
}
