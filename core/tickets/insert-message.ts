import { randomBytes } from 'node:crypto';
import type { App } from '../database/app.js';
import type { Change } from '../database/change.js';
import { INDEXED_MOST } from '../database/search/words.js';
import { indexWords } from '../database/search/index-words.js';
import type { MessageKind, Participants } from './models/message.js';

export interface NewMessage {
  ticketId: number;
  kind: MessageKind;
  contactId?: number | null;
  agentId?: number | null;
  channel: string;
  accountId?: number | null;
  writtenAt?: string | null;
  subject?: string | null;
  text: string;
  quote?: string;
  html?: string | null;
  htmlVersion?: number | null;
  participants?: Participants;
  externalId?: string | null;
  fingerprint?: string | null;
  intakeId?: number | null;
  auto?: string | null;
  flags?: readonly string[];
  frozen?: Readonly<Record<string, unknown>> | null;
  createdAt?: string;
  attachments?: readonly NewAttachment[];
  /** What else it is found by: subject, names, addresses. */
  alsoFoundBy?: string;
}

export interface NewAttachment {
  sha256: string;
  filename: string;
  contentType: string;
  size: number;
  contentId: string | null;
  inline: boolean;
}

/** Inserts a message, its attachments and its words in the search index. @returns its id */
export async function insertMessage(app: App, step: Change, message: NewMessage): Promise<number> {
  const { attachments = [], alsoFoundBy = '', participants, flags, frozen, ...columns } = message;
  const [row] = await step
    .trx('messages')
    .insert({
      ...columns,
      createdAt: message.createdAt ?? step.at,
      participants: JSON.stringify(participants ?? {}),
      flags: JSON.stringify(flags ?? []),
      frozen: frozen ? JSON.stringify(frozen) : null,
    })
    .returning<{ id: number }[]>('id');
  const messageId = (row as { id: number }).id;
  if (attachments.length > 0) await insertAttachments(step, messageId, attachments);
  const names = attachments.map(({ filename }) => filename).join(' ');
  const text = `${alsoFoundBy} ${message.text.slice(0, INDEXED_MOST)} ${names}`;
  await indexWords(step.trx, app.database.engine, { table: 'messages_search', id: messageId, text });
  return messageId;
}

async function insertAttachments(
  { trx, at }: Change,
  messageId: number,
  attachments: readonly NewAttachment[],
): Promise<void> {
  const rows = attachments.map((attachment) => ({
    ...attachment,
    inline: attachment.inline ? 1 : 0,
    key: newAttachmentKey(),
    messageId,
    createdAt: at,
  }));
  // SQLite takes 500 rows a statement at most.
  for (let from = 0; from < rows.length; from += 100)
    await trx('attachments').insert(rows.slice(from, from + 100));
}

/** 128 random bits; an address cannot be guessed from another one. */
export const newAttachmentKey = (): string => randomBytes(16).toString('base64url');

const SNIPPET_LENGTH = 200;
/** The beginning of a message on one line, for lists. */
export function snippetOf(text: string): string {
  return text.slice(0, 1000).replace(/\s+/g, ' ').trim().slice(0, SNIPPET_LENGTH);
}
