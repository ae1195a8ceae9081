import { ParseLater, type HostApp } from '@helpdesk/core';
import { z } from 'zod';
import { callTelegram, type Bot } from './call-telegram.js';

const Found = z.object({ file_path: z.string().optional() });
/** What a bot may download: https://core.telegram.org/bots/api#getfile */
const LARGEST = 20 * 1024 * 1024;

/**
 * Fetches a file of a message into the desk's store.
 * @returns undefined when Telegram does not give it (any more)
 * @throws ParseLater when Telegram does not answer
 */
export async function fetchFile(
  app: Pick<HostApp, 'files'>,
  bot: Bot,
  { fileId, size }: { fileId: string; size: number | undefined },
): Promise<{ sha256: string; size: number } | undefined> {
  if (size !== undefined && size > LARGEST) return undefined;
  const found = await callTelegram(bot, 'getFile', { file_id: fileId });
  if (found.state === 'refused' && found.code < 500 && found.code !== 429) return undefined;
  if (found.state !== 'ok') throw new ParseLater(`a file: ${found.reason}`);
  const { file_path: path } = Found.parse(found.result);
  if (!path) return undefined;
  const response = await fetch(`${bot.apiUrl}/file/bot${bot.token}/${path}`, {
    signal: AbortSignal.timeout(60_000),
  }).catch(() => undefined);
  if (!response || response.status >= 500) throw new ParseLater('a file could not be fetched');
  if (!response.ok) return undefined;
  const content = Buffer.from(await response.arrayBuffer());
  return content.length > LARGEST ? undefined : app.files.put(content);
}
