import { readFile } from 'node:fs/promises';
import {
  escapeHtml,
  renderChatText,
  type ChatMarks,
  type DeliveryResult,
  type OutgoingMessage,
} from '@helpdesk/core';
import { z } from 'zod';
import { callTelegram, type Bot, type Called } from '../api/call-telegram.js';
import { messageId } from './read-update.js';

/** https://core.telegram.org/bots/api#html-style */
const marks: ChatMarks = {
  escape: escapeHtml,
  strong: ['<b>', '</b>'],
  em: ['<i>', '</i>'],
  strike: ['<s>', '</s>'],
  code: ['<code>', '</code>'],
  block: ['<pre>', '</pre>'],
  link: (words, href) => `<a href="${escapeHtml(href)}">${words}</a>`,
};
/** https://core.telegram.org/bots/api#senddocument */
const CAPTION_MOST = 1024;

interface Part {
  readonly method: string;
  readonly body: Readonly<Record<string, unknown>> | FormData;
}

/** Sends an answer to one chat: its words, its files, its buttons. */
export async function sendMessage(
  bot: Bot,
  message: OutgoingMessage,
  { chatId, aboutToSend }: { chatId: string; aboutToSend(): Promise<void> },
): Promise<DeliveryResult> {
  const parts = await partsOf(message, chatId);
  await aboutToSend();
  let externalId: string | undefined;
  for (const [index, { method, body }] of parts.entries()) {
    const called = await callTelegram(bot, method, body, { timeoutMs: 60_000 });
    if (called.state !== 'ok') return troubleOf(called, { recipient: chatId, isLater: index > 0 });
    externalId ??= idIn(called.result, chatId);
  }
  return { recipient: chatId, state: 'sent', ...(externalId ? { externalId } : {}) };
}

/** One call where one suffices: a text, a file with its caption, an album. */
async function partsOf({ text, attachments, buttons }: OutgoingMessage, chatId: string): Promise<Part[]> {
  const words = renderChatText(text, marks);
  const keyboard = buttons.length > 0 ? { reply_markup: keyboardOf(buttons) } : {};
  const said: Part = {
    method: 'sendMessage',
    body: { chat_id: chatId, text: words, parse_mode: 'HTML', ...keyboard },
  };
  if (attachments.length === 0) return [said];
  const fits = words.length <= CAPTION_MOST && buttons.length === 0;
  const files = await filesPart(attachments, { chatId, caption: fits ? words : '' });
  return fits ? [files] : [said, files];
}

const keyboardOf = (buttons: readonly string[]) => ({
  // What a button carries back has at most 64 bytes: https://core.telegram.org/bots/api#inlinekeyboardbutton
  inline_keyboard: buttons.map((label) => [{ text: label, callback_data: cut(label, 64) }]),
});

function cut(text: string, bytes: number): string {
  let short = text;
  while (Buffer.byteLength(short) > bytes) short = short.slice(0, -1).toWellFormed();
  return short;
}

async function filesPart(
  attachments: OutgoingMessage['attachments'],
  { chatId, caption }: { chatId: string; caption: string },
): Promise<Part> {
  const form = new FormData();
  form.set('chat_id', chatId);
  const said = caption === '' ? {} : { caption, parse_mode: 'HTML' };
  const [first] = attachments;
  const blobs = await Promise.all(
    attachments.map(async ({ path, contentType }) => new Blob([await readFile(path)], { type: contentType })),
  );
  if (attachments.length === 1 && first && blobs[0]) {
    for (const [name, value] of Object.entries(said)) form.set(name, value);
    form.set('document', blobs[0], first.filename);
    return { method: 'sendDocument', body: form };
  }
  const media = attachments.map((_, i) => ({
    type: 'document',
    media: `attach://file${i}`,
    // The words of an album stand under its last file.
    ...(i === attachments.length - 1 ? said : {}),
  }));
  form.set('media', JSON.stringify(media));
  for (const [i, blob] of blobs.entries()) form.set(`file${i}`, blob, attachments[i]?.filename ?? `file${i}`);
  return { method: 'sendMediaGroup', body: form };
}

const Sent = z.union([
  z.object({ message_id: z.number() }),
  z
    .array(z.object({ message_id: z.number() }))
    .min(1)
    .transform(([first]) => first ?? { message_id: 0 }),
]);

function idIn(result: unknown, chatId: string): string | undefined {
  const read = Sent.safeParse(result);
  return read.success ? messageId(chatId, read.data.message_id) : undefined;
}

/** @param isLater a part has gone out already: trying again would send it twice */
function troubleOf(
  called: Exclude<Called, { state: 'ok' }>,
  { recipient, isLater }: { recipient: string; isLater: boolean },
): DeliveryResult {
  if (isLater)
    return { recipient, state: 'failed', reason: `the text was sent, the files were not: ${called.reason}` };
  if (called.state === 'silent') return { recipient, state: 'uncertain', reason: called.reason };
  if (called.state === 'unreachable') return { recipient, state: 'retry', reason: called.reason };
  return refusal(called, recipient);
}

function refusal(called: Extract<Called, { state: 'refused' }>, recipient: string): DeliveryResult {
  const { code, reason, retryAfterMs } = called;
  if (code === 429 || code >= 500)
    return {
      recipient,
      state: 'retry',
      reason,
      code,
      ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }),
    };
  // Blocked by the user, deactivated, or a chat that never was.
  const isGone = code === 403 || (code === 400 && /chat not found|user is deactivated/i.test(reason));
  return { recipient, state: 'failed', reason, code, ...(isGone ? { isGone } : {}) };
}
