import type { Knex } from 'knex';
import type { Engine } from '../database/connect.js';
import { reserveNumbers } from '../tickets/insert-ticket.js';
import type { HistoryEvent } from './history-event.js';
import type { Ids } from './page.js';

/** Takes as many ids as a page can need; what it leaves are gaps, as after any transaction that was undone. */
export async function reserveIds(
  trx: Knex.Transaction,
  engine: Engine,
  events: readonly HistoryEvent[],
  isNewTicket: (key: string) => boolean,
): Promise<Ids> {
  const count = (...kinds: readonly HistoryEvent['kind'][]) =>
    events.filter(({ kind }) => kinds.includes(kind)).length;
  const opened = new Set(
    events.flatMap((event) => (event.kind === 'received' && isNewTicket(event.ticket) ? [event.ticket] : [])),
  );
  const hats = events.reduce(
    (sum, event) => sum + (event.kind === 'contact' ? event.memberships.length : 0),
    0,
  );
  const reserve = (table: string, n: number) => reserveOf(trx, engine, { table, n });
  const numbers = opened.size === 0 ? [] : await reserveNumbers(trx, opened.size);
  return {
    organization: await reserve('organizations', count('organization')),
    contact: await reserve('contacts', count('contact')),
    membership: await reserve('memberships', hats),
    ticket: await reserve('tickets', opened.size),
    message: await reserve('messages', count('received', 'replied', 'noted')),
    number: giveFrom(numbers),
  };
}

async function reserveOf(
  trx: Knex.Transaction,
  engine: Engine,
  { table, n }: { table: string; n: number },
): Promise<() => number> {
  if (n === 0) return giveFrom([]);
  if (engine === 'postgres') {
    const { rows } = await trx.raw<{ rows: { id: number }[] }>(
      `select nextval(pg_get_serial_sequence(?, 'id')) as id from generate_series(1, ?::int)`,
      [table, n],
    );
    return giveFrom(rows.map(({ id }) => id));
  }
  // The transaction holds the only writer, and an inserted id moves the sequence on by itself.
  const row: { seq: number } | undefined = await trx('sqlite_sequence').where({ name: table }).first('seq');
  const first = (row?.seq ?? 0) + 1;
  return giveFrom(Array.from({ length: n }, (_, i) => first + i));
}

function giveFrom(ids: readonly number[]): () => number {
  let next = 0;
  return () => {
    const id = ids[next];
    if (id === undefined) throw new RangeError('more ids were taken than reserved');
    next += 1;
    return id;
  };
}
