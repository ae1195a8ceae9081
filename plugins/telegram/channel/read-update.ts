import { readFile } from 'node:fs/promises';
import {
  cleanText,
  emptyMessage,
  jsonOrNone,
  unreadableMessage,
  type ChannelAccount,
  type HostApp,
  type IncomingAttachment,
  type IncomingMessage,
  type RawMessage,
} from '@helpdesk/core';
import type { Bot } from '../api/call-telegram.js';
import { fetchFile } from '../api/fetch-file.js';
import { Update, type TelegramCallback, type TelegramMessage, type TelegramReaction } from '../api/update.js';
import { filesOf, type NamedFile } from './files-of.js';
import { wordsOf } from './words-of.js';

/** Reads an update as it came. A file that Telegram keeps to itself is left out and said so. */
export async function readUpdate(
  app: Pick<HostApp, 'files'>,
  {
    raw,
    account,
    bot,
    isLastTry,
  }: { raw: RawMessage; account: ChannelAccount; bot: Bot; isLastTry: boolean },
): Promise<IncomingMessage> {
  const read = Update.safeParse(jsonOrNone(await readFile(raw.path, 'utf8')));
  if (!read.success) return unreadableMessage(raw);
  const { message, edited_message: edited, callback_query: pressed, message_reaction: reaction } = read.data;
  if (reaction) return readReaction(reaction, account) ?? unreadableMessage(raw);
  if (pressed) return readPressed(pressed, account) ?? unreadableMessage(raw);
  const said = message ?? edited;
  if (!said?.from) return unreadableMessage(raw);
  const { attachments, missing } = await fetchAll(app, bot, { files: filesOf(said), isLastTry });
  return {
    ...readMessage(said, account),
    attachments,
    flags: missing ? ['file-missing'] : [],
    change: edited ? { of: idOf(said), kind: 'edited' } : null,
    fingerprint: edited ? `${idOf(said)}:${said.edit_date ?? 0}` : idOf(said),
    externalId: edited ? null : idOf(said),
  };
}

/** Numbers of messages are a chat's own: https://core.telegram.org/bots/api#message */
export const messageId = (chatId: number | string, id: number): string => `${chatId}:${id}`;
const idOf = ({ chat, message_id }: TelegramMessage) => messageId(chat.id, message_id);

function readMessage(said: TelegramMessage, account: ChannelAccount): Omit<IncomingMessage, 'fingerprint'> {
  const { from, date, chat, reply_to_message: answered } = said;
  return {
    ...emptyMessage,
    inReplyTo: answered ? messageId(chat.id, answered.message_id) : null,
    writtenAt: new Date(date * 1000).toISOString(),
    from: from ? writer(from) : null,
    to: [{ name: account.name, kind: 'telegram', value: account.address }],
    text: clean(wordsOf(said)),
    language: from?.language_code ?? null,
  };
}

/** A pressed button says its words, as if they had been written. */
function readPressed(
  { id, from, message, data }: TelegramCallback,
  account: ChannelAccount,
): IncomingMessage | undefined {
  if (!message) return undefined;
  return {
    ...emptyMessage,
    externalId: `press:${id}`,
    fingerprint: `press:${id}`,
    inReplyTo: messageId(message.chat.id, message.message_id),
    from: writer(from),
    to: [{ name: account.name, kind: 'telegram', value: account.address }],
    text: clean(data ?? ''),
    flags: ['button'],
    language: from.language_code ?? null,
  };
}

function readReaction(
  { chat, message_id: id, user, date, new_reaction: given }: TelegramReaction,
  account: ChannelAccount,
): IncomingMessage | undefined {
  if (!user) return undefined;
  const of = messageId(chat.id, id);
  return {
    ...emptyMessage,
    fingerprint: `reaction:${of}:${date}`,
    writtenAt: new Date(date * 1000).toISOString(),
    from: writer(user),
    to: [{ name: account.name, kind: 'telegram', value: account.address }],
    // One that somebody has drawn has no sign of its own.
    text: clean(given.map(({ type, emoji }) => emoji ?? (type === 'paid' ? '\u2B50' : '\u{1F642}')).join('')),
    change: { of, kind: 'reacted' },
  };
}

function writer(from: {
  id: number;
  first_name: string;
  last_name?: string | undefined;
  username?: string | undefined;
}) {
  const name = clean([from.first_name, from.last_name].filter(Boolean).join(' ').slice(0, 200));
  return {
    name: name || (from.username ? `@${from.username}` : String(from.id)),
    kind: 'telegram',
    value: String(from.id),
  };
}

const clean = (text: string) => cleanText(text.slice(0, 100_000));

async function fetchAll(
  app: Pick<HostApp, 'files'>,
  bot: Bot,
  { files, isLastTry }: { files: readonly NamedFile[]; isLastTry: boolean },
): Promise<{ attachments: IncomingAttachment[]; missing: boolean }> {
  const attachments: IncomingAttachment[] = [];
  for (const { fileId, size, filename, contentType } of files) {
    const kept = await fetchFile(app, bot, { fileId, size }).catch((error: unknown) => {
      if (!isLastTry) throw error;
      return undefined;
    });
    if (kept)
      attachments.push({ ...kept, filename: clean(filename), contentType, contentId: null, inline: false });
  }
  return { attachments, missing: attachments.length < files.length };
}
