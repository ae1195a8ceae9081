import { listTags, seenBy, type TicketViewer } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { TicketFact } from '../facts/ticket-fact.js';

/** A ticket as reports see it: its facts, what it is now, and what other plugins say. */
export interface Row extends Omit<TicketFact, 'lastEventId' | 'seq' | 'beforeReply'> {
  readonly number: number;
  readonly contactId: number;
  readonly organizationId: number | null;
  /** The role of the hat. */
  readonly role: string | null;
  readonly tagIds: readonly number[];
  /** By key of a contributed measure or dimension. */
  readonly more: Readonly<Record<string, number | string | null>>;
}

export type ReadMore = (
  db: Knex,
  ticketIds: readonly number[],
) => Promise<ReadonlyMap<number, Readonly<Record<string, number | string | null>>>>;

export interface ReadRows {
  readonly viewer: TicketViewer;
  /** Leaves out what was opened, answered and solved before; ISO text. What is open now always comes. */
  readonly since?: string;
  readonly readMore?: ReadMore;
}

const PAGE = 2000;

const FACTS = [
  'openedAt',
  'waitingFrom',
  'firstRepliedAt',
  'lastRepliedAt',
  'firstReplySeconds',
  'firstRepliedBy',
  'nextReplies',
  'nextReplySeconds',
  'received',
  'replies',
  'notes',
  'teamHops',
  'agentHops',
  'reopenings',
  'solvedAt',
  'solutionSeconds',
  'solvedBy',
  'usSeconds',
  'customerSeconds',
  'otherSeconds',
  'since',
  'status',
  'category',
  'teamId',
  'assigneeId',
  'lineId',
  'type',
  'priority',
  'channel',
] as const;
const NOW = ['number', 'contactId'] as const;

type Plain = Omit<Row, 'tagIds' | 'more'>;

/** The tickets that a reader may see, in order of id, some thousand at a time. Every figure and every file is made of them. */
export async function* readRows(
  db: Knex,
  { viewer, since, readMore }: ReadRows,
): AsyncGenerator<readonly Row[]> {
  for (let after = 0; ;) {
    const page = await readPage(db, { viewer, since, after });
    const last = page.at(-1);
    if (!last) return;
    const ids = page.map(({ ticketId }) => ticketId);
    const [tags, more] = await Promise.all([listTags(db, ids), readMore?.(db, ids)]);
    const tagsOf = new Map<number, number[]>();
    for (const { ticketId, id } of tags) tagsOf.set(ticketId, [...(tagsOf.get(ticketId) ?? []), id]);
    yield page.map((row) => ({
      ...row,
      tagIds: tagsOf.get(row.ticketId) ?? [],
      more: more?.get(row.ticketId) ?? {},
    }));
    after = last.ticketId;
  }
}

function readPage(
  db: Knex,
  { viewer, since, after }: { viewer: TicketViewer; since: string | undefined; after: number },
): Promise<Plain[]> {
  const query = db('reporting_tickets')
    .join('tickets', 'tickets.id', 'reporting_tickets.ticketId')
    .leftJoin('memberships', 'memberships.id', 'tickets.membershipId')
    .where('reporting_tickets.ticketId', '>', after)
    .modify((rows) => seenBy(rows, viewer))
    .orderBy('reporting_tickets.ticketId')
    .limit(PAGE);
  if (since !== undefined)
    void query.where((either) =>
      either
        .where('reporting_tickets.openedAt', '>=', since)
        .orWhere('reporting_tickets.solvedAt', '>=', since)
        .orWhere('reporting_tickets.lastRepliedAt', '>=', since)
        .orWhereNull('reporting_tickets.solvedAt'),
    );
  return query.select<Plain[]>(
    'reporting_tickets.ticketId',
    ...FACTS.map((name) => `reporting_tickets.${name}`),
    ...NOW.map((name) => `tickets.${name}`),
    'memberships.organizationId',
    'memberships.role',
  );
}
