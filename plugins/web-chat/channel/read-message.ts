import { readFile } from 'node:fs/promises';
import {
  cleanText,
  emptyMessage,
  jsonOrNone,
  unreadableMessage,
  type ChannelAccount,
  type HostApp,
  type IncomingMessage,
  type RawMessage,
} from '@helpdesk/core';
import { z } from 'zod';
import { KeptFile } from '../files/kept-file.js';
import { visitorName } from '../visitors/visitor-name.js';

/** What is kept of a message: what the visitor wrote and who they say they are. Never the token. */
export const Said = z.object({
  visitor: z.string().regex(/^[0-9a-f]{32}$/),
  id: z.string().max(64),
  text: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  language: z.string().nullable(),
  page: z.string().nullable(),
  at: z.string(),
  files: z.array(KeptFile).default([]),
});
export type Said = z.infer<typeof Said>;

/** Reads a message as it was kept. */
export async function readMessage(
  app: Pick<HostApp, 't' | 'company'>,
  { raw, account }: { raw: RawMessage; account: ChannelAccount },
): Promise<IncomingMessage> {
  const read = Said.safeParse(jsonOrNone(await readFile(raw.path, 'utf8')));
  if (!read.success) return unreadableMessage(raw);
  const { visitor, id, text, name, email, language, at, files } = read.data;
  const said = name || email || visitorName(app, visitor);
  const externalId = `${visitor}:${id}`;
  return {
    ...emptyMessage,
    externalId,
    fingerprint: externalId,
    writtenAt: at,
    from: { name: said, kind: 'web-chat', value: visitor },
    to: [{ name: account.name, kind: 'web-chat', value: account.address }],
    text: cleanText(text),
    attachments: files.map((file) => ({ ...file, contentId: null, inline: false })),
    language,
  };
}
