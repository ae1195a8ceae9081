import { listTags, type TicketRecord } from '@helpdesk/core';
import type { Knex } from 'knex';
import { groupBy } from './group-by.js';
import type { TicketState } from './ticket-state.js';

/** Only so much of a letter is looked at, in characters. */
const TEXT_MOST = 10_000;

/**
 * Tickets as they are now; those that do not exist are left out. Three queries however many there are.
 * @param fields of conditions: what none of them looks at is not read
 */
export async function readStates(
  db: Knex,
  ticketIds: readonly number[],
  fields: ReadonlySet<string>,
): Promise<Map<number, TicketState & { readonly version: number }>> {
  const ids = [...ticketIds];
  const looksAtLetter = fields.has('message.text') || fields.has('message.isAutomatic');
  const [tickets, tags, messages] = await Promise.all([
    db('tickets').whereIn('id', ids) as Promise<TicketRecord[]>,
    fields.has('ticket.tags') ? listTags(db, ids) : [],
    looksAtLetter ? readLatest(db, ids) : new Map<number, Letter>(),
  ]);
  const tagsOf = groupBy(tags, ({ ticketId }) => ticketId);
  return new Map(
    tickets.map((ticket) => [
      ticket.id,
      {
        ...ticket,
        tags: (tagsOf.get(ticket.id) ?? []).map(({ name }) => name),
        message: messages.get(ticket.id) ?? null,
      },
    ]),
  );
}

type Letter = NonNullable<TicketState['message']>;

async function readLatest(db: Knex, ticketIds: number[]): Promise<Map<number, Letter>> {
  const newest = db('messages')
    .whereIn('ticketId', ticketIds)
    .where({ kind: 'incoming' })
    .groupBy('ticketId')
    .max('id');
  const rows: { ticketId: number; text: string; auto: string | null }[] = await db('messages')
    .whereIn('id', newest)
    .select('ticketId', 'auto', db.raw('substr(messages.text, 1, ?) as text', [TEXT_MOST]));
  return new Map(rows.map(({ ticketId, text, auto }) => [ticketId, { text, auto }]));
}
