import type { Knex } from 'knex';
import { parseJson } from '../../database/record.js';
import { Message, type MessageRecord } from '../models/message.js';
import type { AttachmentRecord } from '../models/attachment.js';

export interface TimelineEvent {
  readonly id: number;
  readonly name: string;
  readonly at: string;
  readonly actorKind: 'agent' | 'contact' | 'plugin' | 'system';
  readonly actorId: string;
  readonly door: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface DeliveryRecord {
  readonly id: number;
  readonly messageId: number;
  readonly recipient: string;
  readonly state:
    | 'held'
    | 'queued'
    | 'leased'
    | 'sending'
    | 'sent'
    | 'retry'
    | 'failed'
    | 'uncertain'
    | 'cancelled';
  readonly dueAt: string | null;
  readonly reason: string | null;
  readonly attempts: number;
  readonly sentAt: string | null;
  /** Receipts of the provider, where the channel has them. */
  readonly deliveredAt: string | null;
  readonly seenAt: string | null;
}

/** What a message said before its writer changed it or took it back; or a reaction to it, empty when that was taken back. */
export interface EditRecord {
  readonly id: number;
  readonly messageId: number;
  readonly kind: 'edited' | 'deleted' | 'reacted';
  readonly text: string;
  readonly at: string;
}

export interface EvidenceRecord {
  readonly id: number;
  readonly messageId: number;
  readonly candidateContactId: number | null;
  readonly candidateTicketId: number | null;
  readonly kind: string;
  readonly strength: 'strong' | 'weak';
  readonly detail: string | null;
  readonly decision: string;
  readonly plugin: string;
  /** What somebody said to it; null: nobody was asked, or it is open. */
  readonly answer: 'yes' | 'no' | null;
  readonly answeredBy: number | null;
}

/** A piece of a ticket's story: messages with what hangs on them, and the events between. */
export interface Timeline {
  /** Oldest first. */
  readonly messages: readonly MessageRecord[];
  readonly attachments: readonly AttachmentRecord[];
  readonly deliveries: readonly DeliveryRecord[];
  readonly evidence: readonly EvidenceRecord[];
  /** Oldest first. */
  readonly edits: readonly EditRecord[];
  readonly events: readonly TimelineEvent[];
  /** There are older messages than these. */
  readonly hasOlder: boolean;
}

/** Events that only repeat what a message beside them shows. */
const SHOWN_BY_MESSAGES = [
  'message.received',
  'message.replied',
  'message.noted',
  'message.autoReplied',
  'delivery.sent',
  'delivery.noticed',
  'message.changed',
];

const CHANGED = ['edited', 'deleted', 'reacted'];

/** The newest messages of a ticket (or those before one), with the events of the same stretch of time. */
export async function readTimeline(
  db: Knex,
  { ticketId, before, limit = 50 }: { ticketId: number; before?: number; limit?: number },
): Promise<Timeline> {
  const newestFirst = Message.query(db)
    .where({ ticketId })
    .whereNull('cancelledAt')
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (before !== undefined) void newestFirst.where('id', '<', before);
  const rows = await newestFirst;
  const hasOlder = rows.length > limit;
  const messages = rows.slice(0, limit).toReversed() as MessageRecord[];
  const ids = messages.map(({ id }) => id);
  const from = hasOlder ? messages[0]?.createdAt : undefined;
  const to = before === undefined ? undefined : messages.at(-1)?.createdAt;
  const changed = messages.filter(({ flags }) => CHANGED.some((flag) => flags.includes(flag)));
  const [attachments, deliveries, evidence, edits, events] = await Promise.all([
    ids.length ? db<AttachmentRecord>('attachments').whereIn('messageId', ids).orderBy('id') : [],
    db<DeliveryRecord>('deliveries').whereIn(
      'messageId',
      messages.filter(({ kind }) => kind === 'outgoing').map(({ id }) => id),
    ),
    ids.length ? db<EvidenceRecord>('matchEvidence').whereIn('messageId', ids).orderBy('id') : [],
    changed.length > 0 ? readEdits(db, changed) : [],
    readEvents(db, { ticketId, from, to }),
  ]);
  return {
    messages,
    attachments: attachments as AttachmentRecord[],
    deliveries: deliveries as DeliveryRecord[],
    evidence: evidence as EvidenceRecord[],
    edits,
    events,
    hasOlder,
  };
}

const readEdits = async (db: Knex, messages: readonly MessageRecord[]): Promise<EditRecord[]> =>
  db<EditRecord>('messageEdits')
    .whereIn(
      'messageId',
      messages.map(({ id }) => id),
    )
    .orderBy('id')
    .select<EditRecord[]>('id', 'messageId', 'kind', 'text', 'at');

const EVENTS_MOST = 500;

async function readEvents(
  db: Knex,
  { ticketId, from, to }: { ticketId: number; from: string | undefined; to: string | undefined },
): Promise<TimelineEvent[]> {
  const query = db('events')
    .where({ ticketId })
    .whereNotIn('name', SHOWN_BY_MESSAGES)
    .orderBy('id', 'desc')
    .limit(EVENTS_MOST)
    .select('id', 'name', 'at', 'actorKind', 'actorId', 'door', 'payload');
  if (from) void query.where('at', '>=', from);
  if (to) void query.where('at', '<=', to);
  const rows: (Omit<TimelineEvent, 'payload'> & { payload: string })[] = await query;
  return rows.toReversed().map((row) => ({ ...row, payload: parseJson(row.payload, {}) }));
}
