import { seenBy, type TicketViewer } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { Spell } from '../facts/ticket-fact.js';

/** A spell with what its ticket is now. */
export interface SpellRow extends Spell {
  readonly number: number;
  readonly type: string | null;
  readonly openedAt: string;
}

const PAGE = 2000;

/**
 * The spells of tickets that a reader may see, by ticket and in order of time.
 * @param since leaves out tickets that have no spell after it; ISO text
 */
export async function* readSpells(
  db: Knex,
  { viewer, since }: { viewer: TicketViewer; since?: string },
): AsyncGenerator<readonly SpellRow[]> {
  for (let after = 0; ;) {
    const ids = await nextTickets(db, { viewer, since, after });
    const last = ids.at(-1);
    if (last === undefined) return;
    yield await db('reporting_spells')
      .join('tickets', 'tickets.id', 'reporting_spells.ticketId')
      .whereIn('reporting_spells.ticketId', ids)
      .orderBy([{ column: 'reporting_spells.ticketId' }, { column: 'reporting_spells.seq' }])
      .select<SpellRow[]>('reporting_spells.*', 'tickets.number', 'tickets.type', 'tickets.openedAt');
    after = last;
  }
}

async function nextTickets(
  db: Knex,
  { viewer, since, after }: { viewer: TicketViewer; since: string | undefined; after: number },
): Promise<number[]> {
  const query = db('reporting_tickets')
    .join('tickets', 'tickets.id', 'reporting_tickets.ticketId')
    .where('reporting_tickets.ticketId', '>', after)
    .modify((rows) => seenBy(rows, viewer))
    .orderBy('reporting_tickets.ticketId')
    .limit(PAGE);
  // The last spell of a ticket begins when the one before it ended.
  if (since !== undefined)
    void query.where((either) =>
      either
        .where('reporting_tickets.since', '>=', since)
        .orWhereNotIn('reporting_tickets.category', ['solved', 'closed']),
    );
  const rows = await query.select<{ ticketId: number }[]>('reporting_tickets.ticketId');
  return rows.map(({ ticketId }) => ticketId);
}
