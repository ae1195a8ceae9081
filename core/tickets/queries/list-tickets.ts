import type { Knex } from 'knex';
import type { Priority, TicketRecord } from '../models/ticket.js';
import { isDone, type StatusCategory } from '../models/status.js';
import { seenBy, type TicketViewer } from '../seen-by.js';

export type TicketOrder = 'attention' | 'newest' | 'oldest' | 'priority';

/** Which tickets; every field narrows. */
export interface TicketFilter {
  ids?: readonly number[];
  bucket?: 'open' | 'snoozed' | 'done' | 'any';
  category?: readonly StatusCategory[];
  status?: readonly string[];
  /** An agent's id, or `none`. */
  assignee?: number | 'none';
  lineId?: readonly number[];
  teamId?: readonly number[];
  channel?: readonly string[];
  priority?: readonly Priority[];
  type?: readonly string[];
  tag?: number;
  contactId?: number;
  organizationId?: number;
  /** Tickets whose customer waits since before this time, ISO text. */
  waitingBefore?: string;
  openedFrom?: string;
  openedTo?: string;
  /** Tickets that wait for somebody to say who wrote. */
  isUndecided?: boolean;
  /** Tickets with notes that name this agent and that he has not seen. */
  mentions?: number;
}

/** A row of a list: the ticket, and what stands beside it. */
export type TicketRow = Pick<
  TicketRecord,
  | 'id'
  | 'number'
  | 'subject'
  | 'status'
  | 'category'
  | 'bucket'
  | 'priority'
  | 'type'
  | 'channel'
  | 'lineId'
  | 'teamId'
  | 'assigneeId'
  | 'contactId'
  | 'openedAt'
  | 'waitingSince'
  | 'dueAt'
  | 'attentionAt'
  | 'snoozedUntil'
  | 'lastMessageAt'
  | 'snippet'
  | 'messageCount'
  | 'version'
> & {
  readonly contactName: string;
  readonly organization: string | null;
  /** Until when the viewer has read it; null: never opened. */
  readonly readAt: string | null;
};

/** Where the next page begins: the sort value and id of the last row. */
export interface TicketCursor {
  readonly value: string | number;
  readonly id: number;
}

export interface ListTickets {
  viewer: TicketViewer;
  filter: TicketFilter;
  order: TicketOrder;
  after?: TicketCursor;
  /** Rows before a place instead, the nearest first. */
  before?: TicketCursor;
  limit?: number;
}

const orders = {
  attention: { column: 'attentionAt', direction: 'asc' },
  newest: { column: 'lastMessageAt', direction: 'desc' },
  oldest: { column: 'lastMessageAt', direction: 'asc' },
  priority: { column: 'priority', direction: 'desc' },
} as const;

const columns = [
  'id', 'number', 'subject', 'status', 'category', 'bucket', 'priority', 'type', 'channel', 'lineId', 'teamId',
  'assigneeId', 'contactId', 'openedAt', 'waitingSince', 'dueAt', 'attentionAt', 'snoozedUntil', 'lastMessageAt',
  'snippet', 'messageCount', 'version',
].map((column) => `tickets.${column}`); // prettier-ignore

/** A page of tickets in one of four orders. Pages are by key, so a page deep down costs what the first does. */
export async function listTickets(
  db: Knex,
  { viewer, filter, order, after, before, limit = 50 }: ListTickets,
): Promise<{ rows: TicketRow[]; next: TicketCursor | null }> {
  const { column, direction: forward } = orders[order];
  const direction = before ? (forward === 'asc' ? 'desc' : 'asc') : forward;
  const place = before ?? after;
  const query = db('tickets')
    .join('contacts', 'contacts.id', 'tickets.contactId')
    .leftJoin('memberships', 'memberships.id', 'tickets.membershipId')
    .leftJoin('organizations', 'organizations.id', 'memberships.organizationId')
    .leftJoin('ticketReads', (join) =>
      join.on('ticketReads.ticketId', 'tickets.id').andOnVal('ticketReads.agentId', viewer.agentId),
    )
    .select<TicketRow[]>(
      ...columns,
      'contacts.name as contactName',
      'organizations.name as organization',
      'ticketReads.at as readAt',
    )
    .orderBy(`tickets.${column}`, direction)
    .orderBy('tickets.id', direction)
    .limit(limit + 1);
  filterTickets(query, filter);
  seenBy(query, viewer);
  if (place)
    void query.whereRaw(`(??, ??) ${direction === 'asc' ? '>' : '<'} (?, ?)`, [
      `tickets.${column}`,
      'tickets.id',
      place.value,
      place.id,
    ]);
  const rows = await query;
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return { rows: rows.slice(0, limit), next: last ? { value: last[column], id: last.id } : null };
}

const lists = {
  category: 'category',
  status: 'status',
  lineId: 'lineId',
  teamId: 'teamId',
  channel: 'channel',
  priority: 'priority',
  type: 'type',
} as const;

/** Adds the conditions of a filter; columns come from this file alone, values are bound. */
export function filterTickets(query: Knex.QueryBuilder, filter: TicketFilter): void {
  if (filter.ids) void query.whereIn('tickets.id', [...filter.ids]);
  const bucket = filter.bucket ?? (filter.category?.every(isDone) ? 'done' : 'open');
  if (bucket !== 'any') void query.where('tickets.bucket', bucket);
  for (const [key, column] of Object.entries(lists)) {
    const values = filter[key as keyof typeof lists];
    if (values && values.length > 0) void query.whereIn(`tickets.${column}`, [...values] as string[]);
  }
  if (filter.assignee === 'none') void query.whereNull('tickets.assigneeId');
  else if (filter.assignee !== undefined) void query.where('tickets.assigneeId', filter.assignee);
  if (filter.contactId !== undefined) void query.where('tickets.contactId', filter.contactId);
  if (filter.waitingBefore) void query.where('tickets.waitingSince', '<', filter.waitingBefore);
  if (filter.openedFrom) void query.where('tickets.openedAt', '>=', filter.openedFrom);
  if (filter.openedTo) void query.where('tickets.openedAt', '<', filter.openedTo);
  if (filter.isUndecided) void query.whereNotNull('tickets.undecidedSince');
  const { tag, organizationId, mentions } = filter;
  if (tag !== undefined)
    void query.whereIn('tickets.id', (tagged: Knex.QueryBuilder) =>
      tagged.from('ticketTags').where({ tagId: tag }).select('ticketId'),
    );
  if (organizationId !== undefined)
    void query.whereIn('tickets.membershipId', (worn: Knex.QueryBuilder) =>
      worn.from('memberships').where({ organizationId }).select('id'),
    );
  if (mentions !== undefined)
    void query.whereIn('tickets.id', (named: Knex.QueryBuilder) =>
      named.from('mentions').where({ agentId: mentions }).whereNull('seenAt').select('ticketId'),
    );
}
