import type { Knex } from 'knex';
import { parseJson } from '../../database/record.js';
import type { Participants } from '../models/message.js';
import type { StatusRecord } from '../models/status.js';
import type { TicketRecord } from '../models/ticket.js';
import { seenBy, type TicketViewer } from '../seen-by.js';

export interface TagRecord {
  readonly id: number;
  readonly name: string;
}

export async function listTags(
  db: Knex,
  ticketIds: readonly number[],
): Promise<(TagRecord & { ticketId: number })[]> {
  if (ticketIds.length === 0) return [];
  return db('ticketTags')
    .join('tags', 'tags.id', 'ticketTags.tagId')
    .whereIn('ticketTags.ticketId', [...ticketIds])
    .orderBy('tags.name')
    .select('tags.id', 'tags.name', 'ticketTags.ticketId');
}

export async function listAllTags(db: Knex): Promise<TagRecord[]> {
  return db('tags').orderBy('name').select<TagRecord[]>('id', 'name').limit(1000);
}

export interface LinkedTicket {
  readonly id: number;
  readonly number: number;
  readonly subject: string;
  readonly category: TicketRecord['category'];
  readonly status: string;
  readonly kind: string;
  readonly lastMessageAt: string;
}

/** Tickets linked with one, in either direction, that the viewer may see. */
export async function listLinks(db: Knex, ticketId: number, viewer: TicketViewer): Promise<LinkedTicket[]> {
  const rows = db('ticketLinks')
    .join('tickets', (join) =>
      join.on(
        'tickets.id',
        db.raw(
          'case when ticket_links.from_ticket_id = ? then ticket_links.to_ticket_id else ticket_links.from_ticket_id end',
          [ticketId],
        ),
      ),
    )
    .where((either) => either.where({ fromTicketId: ticketId }).orWhere({ toTicketId: ticketId }))
    .orderBy('tickets.id', 'desc')
    .select<LinkedTicket[]>(
      'tickets.id',
      'tickets.number',
      'tickets.subject',
      'tickets.category',
      'tickets.status',
      'tickets.lastMessageAt',
      'ticketLinks.kind',
    );
  seenBy(rows, viewer);
  return rows;
}

export interface DraftRecord {
  readonly agentId: number;
  readonly ticketId: number;
  readonly mode: 'reply' | 'note';
  readonly text: string;
  readonly participants: Participants;
  /** Keys of the files to go with it. */
  readonly uploads: readonly string[];
  readonly updatedAt: string;
}

/** Drafts on some tickets, of all agents: whose own to go on with, and who else is answering. */
export async function listDrafts(db: Knex, ticketIds: readonly number[]): Promise<DraftRecord[]> {
  if (ticketIds.length === 0) return [];
  const rows: (Omit<DraftRecord, 'participants' | 'uploads'> & { participants: string; uploads: string })[] =
    await db('drafts').whereIn('ticketId', [...ticketIds]);
  return rows.map((row) => ({
    ...row,
    participants: parseJson<Participants>(row.participants, {}),
    uploads: parseJson<string[]>(row.uploads, []),
  }));
}

export type DraftMark = Pick<DraftRecord, 'agentId' | 'ticketId' | 'mode' | 'updatedAt'>;

/** Where an agent has drafts, and where others were writing since a time (ISO text): without the texts, for lists. */
export async function listDraftMarks(
  db: Knex,
  { agentId, since }: { agentId: number; since: string },
): Promise<DraftMark[]> {
  return db('drafts')
    .where({ agentId })
    .orWhere('updatedAt', '>', since)
    .select<DraftMark[]>('agentId', 'ticketId', 'mode', 'updatedAt');
}

export async function listStatuses(db: Knex): Promise<StatusRecord[]> {
  return db<StatusRecord>('statuses').orderBy('position') as Promise<StatusRecord[]>;
}

export interface TicketTypeRecord {
  readonly key: string;
  readonly name: string;
  readonly position: number;
}
export async function listTicketTypes(db: Knex): Promise<TicketTypeRecord[]> {
  return db<TicketTypeRecord>('ticketTypes').orderBy('position') as Promise<TicketTypeRecord[]>;
}
