import type { Logger } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { ReadMore } from './read-rows.js';
import type { Sources } from './sources.js';

interface Column {
  readonly key: string;
  /** A query with `ticketId`, and the column of it. */
  rows(db: Knex): Knex.QueryBuilder;
  readonly column: string;
}

/** What other plugins say of a ticket as a whole: dimensions, and measures that have one value a ticket. */
export function readMore(
  sources: Sources,
  { now, log }: { now: Date; log: Pick<Logger, 'warn'> },
): { readonly keys: readonly string[]; readonly read: ReadMore } {
  const columns = listColumns(sources, now.toISOString());
  return {
    keys: columns.map(({ key }) => key),
    async read(db, ticketIds) {
      const merged = new Map<number, Record<string, number | string | null>>();
      for (const { key, rows, column } of columns) {
        try {
          const found: { ticketId: number; value: number | string | null }[] = await db(rows(db).as('more'))
            .whereIn('more.ticketId', [...ticketIds])
            .select('more.ticketId', `more.${column} as value`);
          for (const { ticketId, value } of found)
            merged.set(ticketId, { ...merged.get(ticketId), [key]: value });
        } catch (error) {
          log.warn({ err: error, key }, 'contributed facts could not be read');
        }
      }
      return merged;
    },
  };
}

function listColumns(sources: Sources, now: string): Column[] {
  const dimensions = sources.dimensions().flatMap(({ key, from }): Column[] => {
    if (typeof from !== 'object') return [];
    return [{ key, rows: (db) => from.rows({ db, now }), column: 'value' }];
  });
  const measures = sources.measures().flatMap(({ key, origin, value }): Column[] => {
    if (typeof origin !== 'object' || origin.moment === 'at' || value === undefined) return [];
    return [{ key, rows: (db) => origin.rows({ db, now }), column: value }];
  });
  return [...measures, ...dimensions];
}
