import { parseJson, type Actor } from '@helpdesk/core';
import type { Knex } from 'knex';
import { groupBy } from '../facts/group-by.js';
import type { PastEvent, PastTicket } from './replay-ticket.js';

const TEXT_MOST = 10_000;
const AT_A_TIME = 100;

export interface Past {
  readonly ticket: PastTicket;
  readonly events: readonly PastEvent[];
}

interface EventRow {
  readonly ticketId: number;
  readonly name: string;
  readonly at: string;
  readonly actorKind: Actor['kind'];
  readonly actorId: string;
  readonly door: string | null;
  readonly payload: string;
}
interface TicketRow {
  readonly id: number;
  readonly number: number;
  readonly subject: string;
  readonly contactId: number;
}

/** The newest tickets with all that happened to them, the newest first; some hundred at a time, so that memory is bounded. */
export async function* readPast(db: Knex, limit: number): AsyncGenerator<Past> {
  const tags: { id: number; name: string }[] = await db('tags').select('id', 'name');
  const tagNames = new Map(tags.map(({ id, name }) => [id, name]));
  const newest: { id: number }[] = await db('tickets').orderBy('id', 'desc').limit(limit).select('id');
  for (let from = 0; from < newest.length; from += AT_A_TIME) {
    const ids = newest.slice(from, from + AT_A_TIME).map(({ id }) => id);
    yield* await readSome(db, ids, tagNames);
  }
}

async function readSome(db: Knex, ids: number[], tagNames: ReadonlyMap<number, string>): Promise<Past[]> {
  const [tickets, events, messages] = await Promise.all([
    db('tickets')
      .whereIn('id', ids)
      .orderBy('id', 'desc')
      .select<TicketRow[]>('id', 'number', 'subject', 'contactId'),
    db('events')
      .whereIn('ticketId', ids)
      .orderBy('id')
      .select<EventRow[]>('ticketId', 'name', 'at', 'actorKind', 'actorId', 'door', 'payload'),
    db('messages')
      .whereIn('ticketId', ids)
      .where({ kind: 'incoming' })
      .orderBy('id')
      .select<{ ticketId: number; id: number; text: string; auto: string | null }[]>(
        'ticketId',
        'id',
        'auto',
        db.raw('substr(messages.text, 1, ?) as text', [TEXT_MOST]),
      ),
  ]);
  const eventsOf = groupBy(events, ({ ticketId }) => ticketId);
  const messagesOf = groupBy(messages, ({ ticketId }) => ticketId);
  return tickets.map((ticket) => ({
    ticket: { ...ticket, tagNames, messages: messagesOf.get(ticket.id) ?? [] },
    events: (eventsOf.get(ticket.id) ?? []).map(({ name, at, actorKind: kind, actorId, door, payload }) => ({
      name,
      at,
      actor: { kind, id: actorId, ...(door === null ? {} : { door }) },
      payload: parseJson(payload, {}),
    })),
  }));
}
