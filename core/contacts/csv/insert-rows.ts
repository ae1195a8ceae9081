import type { Knex } from 'knex';
import { eachChunk } from './each-chunk.js';

/** SQLite takes 500 rows in one statement at most. */
const ROWS = 100;

/**
 * Inserts rows and tells their ids in the order of the rows. Neither database promises the order of what it answers, so
 * rows are known again by what they hold; two that hold the same are interchangeable.
 */
export async function insertRows<R extends Readonly<Record<string, unknown>>>(
  trx: Knex.Transaction,
  table: string,
  { rows, known }: { rows: readonly R[]; known: readonly (keyof R & string)[] },
): Promise<number[]> {
  const free = new Map<string, number[]>();
  const keyOf = (row: Readonly<Record<string, unknown>>) =>
    JSON.stringify(known.map((column) => row[column]));
  await eachChunk(
    rows,
    async (some) => {
      const written = await trx(table)
        .insert(some)
        .returning<{ id: number }[]>(['id', ...known]);
      for (const row of written)
        free.set(keyOf({ ...row }), [...(free.get(keyOf({ ...row })) ?? []), row.id]);
    },
    ROWS,
  );
  return rows.map((row) => {
    const id = free.get(keyOf(row))?.shift();
    if (id === undefined) throw new Error(`a row of ${table} came back changed`);
    return id;
  });
}
