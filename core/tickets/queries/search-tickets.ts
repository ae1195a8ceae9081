import type { App } from '../../database/app.js';
import { matching } from '../../database/search/index-words.js';
import { seenBy, type TicketViewer } from '../seen-by.js';
import type { TicketRecord } from '../models/ticket.js';

export interface FoundTicket extends Pick<
  TicketRecord,
  'id' | 'number' | 'subject' | 'category' | 'status' | 'channel' | 'assigneeId' | 'lastMessageAt'
> {
  readonly contactName: string;
  /** The newest message of it that matches; null for a hit by number. */
  readonly messageId: number | null;
  readonly text: string;
}

export interface SearchTickets {
  query: string;
  viewer: TicketViewer;
  /** The oldest message id of the page before. */
  before?: number;
  limit?: number;
}

const ROUNDS = 8;

/**
 * Tickets with a message that contains every word, the newest message first. The index is read from its new end in
 * bounded pieces until the page is full, so a word that is everywhere costs no more than a rare one.
 */
export async function searchTickets(
  app: App,
  { query, viewer, before, limit = 20 }: SearchTickets,
): Promise<{ found: FoundTicket[]; next: number | null }> {
  const found = before === undefined ? await byNumber(app, query, viewer) : [];
  const condition = matching(app.database.engine, 'messages_search', query);
  if (!condition) return { found, next: null };
  const taken = new Set(found.map(({ id }) => id));
  let below = before ?? Number.MAX_SAFE_INTEGER;
  for (let round = 0; round < ROUNDS; round++) {
    const piece = limit * 3 * (round + 1);
    const ids = await idsBelow(app, condition, { below, piece });
    if (ids.length === 0) return { found, next: null };
    for (const row of await ticketsOf(app, ids, viewer)) {
      if (taken.has(row.id)) continue;
      if (found.length === limit) return { found, next: (found.at(-1)?.messageId ?? below) as number };
      taken.add(row.id);
      found.push(row);
    }
    below = ids.at(-1) as number;
    if (ids.length < piece) return { found, next: null };
  }
  return { found, next: below };
}

type Condition = NonNullable<ReturnType<typeof matching>>;

async function idsBelow(
  app: App,
  { idColumn, sql, binding }: Condition,
  { below, piece }: { below: number; piece: number },
): Promise<number[]> {
  const rows: Record<string, number>[] = await app
    .db('messages_search')
    .select(idColumn)
    .whereRaw(sql, [binding])
    .where(idColumn, '<', below)
    .orderBy(idColumn, 'desc')
    .limit(piece);
  return rows.map((row) => row[idColumn] as number);
}

const columns = [
  'tickets.id', 'tickets.number', 'tickets.subject', 'tickets.category', 'tickets.status', 'tickets.channel',
  'tickets.assigneeId', 'tickets.lastMessageAt', 'contacts.name as contactName',
]; // prettier-ignore

async function ticketsOf(
  app: App,
  messageIds: readonly number[],
  viewer: TicketViewer,
): Promise<FoundTicket[]> {
  const rows = app
    .db('messages')
    .join('tickets', 'tickets.id', 'messages.ticketId')
    .join('contacts', 'contacts.id', 'tickets.contactId')
    .whereIn('messages.id', [...messageIds])
    .select<FoundTicket[]>(
      ...columns,
      'messages.id as messageId',
      app.db.raw('substr(messages.text, 1, 4000) as text'),
    )
    .orderBy('messages.id', 'desc');
  seenBy(rows, viewer);
  return rows;
}

async function byNumber(app: App, query: string, viewer: TicketViewer): Promise<FoundTicket[]> {
  const number = /^\s*[#№]?\s*(\d{1,12})\s*$/.exec(query)?.[1];
  if (!number) return [];
  const rows = app
    .db('tickets')
    .join('contacts', 'contacts.id', 'tickets.contactId')
    .where('tickets.number', Number(number))
    .select<FoundTicket[]>(...columns, app.db.raw('null as message_id'), 'tickets.snippet as text');
  seenBy(rows, viewer);
  return rows;
}
