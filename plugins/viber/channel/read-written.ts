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
import { readCallback, type ViberMessage, type Written } from '../api/callback.js';
import { fetchFile } from '../api/fetch-file.js';

/** Kinds of messages that carry a file, and what it is called when it has no name. */
const kinds: Readonly<Record<string, { extension: string; contentType: string }>> = {
  picture: { extension: 'jpg', contentType: 'image/jpeg' },
  video: { extension: 'mp4', contentType: 'video/mp4' },
  sticker: { extension: 'png', contentType: 'image/png' },
  file: { extension: 'bin', contentType: 'application/octet-stream' },
};
const types: Readonly<Record<string, string>> = {
  png: 'image/png',
  gif: 'image/gif',
  pdf: 'application/pdf',
  txt: 'text/plain',
};

/** Reads what somebody wrote. A file that Viber does not give is left out and said so. */
export async function readWritten(
  app: Pick<HostApp, 'files'>,
  {
    raw,
    account,
    hosts,
    isLastTry,
  }: { raw: RawMessage; account: ChannelAccount; hosts: readonly string[]; isLastTry: boolean },
): Promise<IncomingMessage> {
  const read = readCallback(await readFile(raw.path));
  if (read?.event !== 'message') return unreadableMessage(raw);
  const file = await takeFile(app, read, { hosts, isLastTry });
  const { sender, message_token: id, timestamp } = read;
  const name = clean(sender.name.slice(0, 200));
  return {
    ...emptyMessage,
    externalId: id,
    fingerprint: id,
    writtenAt: new Date(timestamp).toISOString(),
    from: { name: name || 'Viber', kind: 'viber', value: sender.id },
    to: [{ name: account.name, kind: 'viber', value: account.address }],
    text: clean(wordsOf(read.message)),
    attachments: file ? [file] : [],
    flags: file === undefined ? ['file-missing'] : [],
    language: sender.language?.slice(0, 2).toLowerCase() ?? null,
  };
}

/** What is no text is put into words that everybody reads. */
function wordsOf({ type, text = '', media = '', location, contact }: ViberMessage): string {
  if (contact) return [contact.name, contact.phone_number].filter(Boolean).join(' ');
  if (location)
    return `https://www.openstreetmap.org/?mlat=${location.lat}&mlon=${location.lon} (${location.lat},${location.lon})`;
  return type === 'url' && !text.includes(media) ? `${text}\n${media}`.trim() : text;
}

const clean = (text: string) => cleanText(text.slice(0, 100_000));

/** @returns null where there is none, undefined where Viber does not give it */
async function takeFile(
  app: Pick<HostApp, 'files'>,
  { message, timestamp }: Written,
  { hosts, isLastTry }: { hosts: readonly string[]; isLastTry: boolean },
): Promise<IncomingAttachment | null | undefined> {
  const usual = kinds[message.type];
  if (!usual || message.media === undefined) return null;
  const kept = await fetchFile(app, { url: message.media, hosts }).catch((error: unknown) => {
    if (!isLastTry) throw error;
    return undefined;
  });
  const filename =
    clean((message.file_name ?? '').slice(0, 255)) || `${message.type}-${timestamp}.${usual.extension}`;
  const contentType = types[filename.split('.').at(-1)?.toLowerCase() ?? ''] ?? usual.contentType;
  return kept && { ...kept, filename, contentType, contentId: null, inline: false };
}
