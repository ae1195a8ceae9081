import type { Knex } from 'knex';
import type { AttachmentRecord } from '../models/attachment.js';
import { Message } from '../models/message.js';
import { readableAt } from '../readable-messages.js';

/** A message as its customer reads it. */
export interface VisitorMessage {
  readonly id: number;
  readonly kind: 'incoming' | 'outgoing';
  readonly contactId: number | null;
  /** Who wrote: the contact's name, or the agent's. */
  readonly writer: string | null;
  readonly channel: string;
  readonly createdAt: string;
  /** Plain text of a customer, Markdown of an agent. */
  readonly text: string;
  /** A machine of ours wrote it. */
  readonly isAutomatic: boolean;
  readonly isDeleted: boolean;
}

export interface VisitorTimeline {
  /** Oldest first. */
  readonly messages: readonly VisitorMessage[];
  readonly attachments: readonly AttachmentRecord[];
  readonly hasOlder: boolean;
}

interface MessageRow {
  id: number;
  kind: 'incoming' | 'outgoing';
  contactId: number | null;
  channel: string;
  createdAt: string;
  text: string;
  auto: string | null;
  flags: readonly string[];
  contactName: string | null;
  agentName: string | null;
}

/** What was said in a ticket that the customer may read: the caller has found it by `findVisitorTicket`. */
export async function readVisitorTimeline(
  db: Knex,
  { ticketId, now, before, limit = 50 }: { ticketId: number; now: Date; before?: number; limit?: number },
): Promise<VisitorTimeline> {
  const query = Message.query(db)
    .leftJoin('contacts', 'contacts.id', 'messages.contactId')
    .leftJoin('agents', 'agents.id', 'messages.agentId')
    .where('messages.ticketId', ticketId)
    .modify((rows) => readableAt(rows as unknown as Knex.QueryBuilder, now.toISOString()))
    .orderBy('messages.id', 'desc')
    .limit(limit + 1)
    .select(
      'messages.id',
      'messages.kind',
      'messages.contactId',
      'messages.channel',
      'messages.createdAt',
      'messages.text',
      'messages.auto',
      'messages.flags',
      'contacts.name as contactName',
      'agents.name as agentName',
    );
  if (before !== undefined) void query.where('messages.id', '<', before);
  const found = (await query) as unknown as MessageRow[];
  const rows = found.slice(0, limit).toReversed();
  const ids = rows.map(({ id }) => id);
  const attachments = ids.length
    ? await db<AttachmentRecord>('attachments').whereIn('messageId', ids).where({ inline: 0 }).orderBy('id')
    : [];
  return {
    messages: rows.map(present),
    attachments: attachments as AttachmentRecord[],
    hasOlder: found.length > limit,
  };
}

function present({ flags, auto, contactName, agentName, ...row }: MessageRow): VisitorMessage {
  const isDeleted = flags.includes('deleted');
  return {
    ...row,
    // Whoever took it back does not want it shown; the team still has it.
    text: isDeleted ? '' : row.text,
    writer: row.kind === 'incoming' ? contactName : agentName,
    isAutomatic: row.kind === 'outgoing' && auto !== null,
    isDeleted,
  };
}
