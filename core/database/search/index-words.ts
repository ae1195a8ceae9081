import type { Knex } from 'knex';
import type { Engine } from '../connect.js';
import { toIndex, toStems } from './words.js';

export type SearchTable = 'messages_search' | 'contacts_search';

/** Puts a text into the index under an id, in place of what was there. */
export async function indexWords(
  trx: Knex,
  engine: Engine,
  entry: { table: SearchTable; id: number; text: string },
): Promise<void> {
  const words = toIndex(entry.text);
  if (engine === 'sqlite')
    await trx.raw(`insert or replace into ${entry.table} (rowid, words) values (?, ?)`, [entry.id, words]);
  else
    await trx.raw(
      `insert into ${entry.table} (id, words) values (?, to_tsvector('simple', ?))
        on conflict (id) do update set words = excluded.words`,
      [entry.id, words],
    );
}

/** Takes a text out of the index. */
export async function removeWords(
  trx: Knex,
  engine: Engine,
  { table, id }: { table: SearchTable; id: number },
): Promise<void> {
  await trx(table)
    .where(engine === 'sqlite' ? 'rowid' : 'id', id)
    .delete();
}

/** Puts texts under ids that are not in the index yet, in one statement. */
export async function indexManyWords(
  trx: Knex,
  engine: Engine,
  { table, entries }: { table: SearchTable; entries: readonly { id: number; text: string }[] },
): Promise<void> {
  const [columns, row] =
    engine === 'sqlite' ? ['rowid, words', '(?, ?)'] : ['id, words', `(?, to_tsvector('simple', ?))`];
  const values = entries.map(() => row).join(', ');
  await trx.raw(
    `insert into ${table} (${columns}) values ${values}`,
    entries.flatMap(({ id, text }) => [id, toIndex(text)]),
  );
}

/**
 * The condition "contains every word of the query; the last may be the beginning of a longer word".
 * @returns undefined when the query has no word in it
 */
export function matching(
  engine: Engine,
  table: SearchTable,
  query: string,
): { idColumn: string; sql: string; binding: string } | undefined {
  const stems = toStems(query);
  if (stems.length === 0) return undefined;
  const last = stems.length - 1;
  // Stems are letters and digits only, so they cannot break out of the quotes.
  if (engine === 'sqlite')
    return {
      idColumn: 'rowid',
      sql: `${table} match ?`,
      binding: stems.map((stem, i) => `"${stem}"${i === last && stem.length > 1 ? '*' : ''}`).join(' '),
    };
  return {
    idColumn: 'id',
    sql: `words @@ to_tsquery('simple', ?)`,
    binding: stems.map((stem, i) => `'${stem}'${i === last && stem.length > 1 ? ':*' : ''}`).join(' & '),
  };
}
