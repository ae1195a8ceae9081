import type { Knex } from 'knex';
import { foldEvent, type FactEvent } from './fold-event.js';
import type { Spell, TicketFact } from './ticket-fact.js';

// A statement of SQLite takes 32,766 values; a fact has 33.
const AT_A_TIME = 400;

/** Folds events, oldest first, into what is stored, in a transaction of the caller's. */
export async function storeFacts(
  trx: Knex.Transaction,
  events: readonly FactEvent[],
  { fresh = false }: { fresh?: boolean } = {},
): Promise<void> {
  await trx('reporting_builds').where({ id: 1 }).forUpdate().first();
  const ticketIds = [...new Set(events.map(({ ticketId }) => ticketId))];
  if (fresh) await forget(trx, ticketIds);
  const facts = fresh ? new Map<number, TicketFact>() : await readFacts(trx, ticketIds);
  const spells = new Map<string, Spell>();
  for (const event of events) {
    const folded = foldEvent(facts.get(event.ticketId), event);
    if (folded.fact) facts.set(event.ticketId, folded.fact);
    for (const spell of folded.spells) spells.set(`${spell.ticketId}/${spell.seq}`, spell);
  }
  await write(trx, 'reporting_tickets', { rows: [...facts.values()], key: ['ticketId'], fresh });
  await write(trx, 'reporting_spells', { rows: [...spells.values()], key: ['ticketId', 'seq'], fresh });
}

async function forget(trx: Knex.Transaction, ticketIds: readonly number[]): Promise<void> {
  for (const ids of portions(ticketIds)) {
    await trx('reporting_spells').whereIn('ticketId', ids).delete();
    await trx('reporting_tickets').whereIn('ticketId', ids).delete();
  }
}

async function readFacts(
  trx: Knex.Transaction,
  ticketIds: readonly number[],
): Promise<Map<number, TicketFact>> {
  const facts = new Map<number, TicketFact>();
  for (const ids of portions(ticketIds)) {
    const rows: TicketFact[] = await trx('reporting_tickets').whereIn('ticketId', ids);
    for (const row of rows) facts.set(row.ticketId, row);
  }
  return facts;
}

async function write(
  trx: Knex.Transaction,
  table: string,
  { rows, key, fresh }: { rows: readonly object[]; key: string[]; fresh: boolean },
): Promise<void> {
  for (const some of portions(rows)) {
    const insert = trx(table).insert(some);
    await (fresh ? insert : insert.onConflict(key).merge());
  }
}

function* portions<T>(rows: readonly T[]): Generator<T[]> {
  for (let from = 0; from < rows.length; from += AT_A_TIME) yield rows.slice(from, from + AT_A_TIME);
}
