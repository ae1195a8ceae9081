import { parseJson, seenBy, type TicketViewer } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { Dimension } from './dimensions.js';
import { joinDimensions } from './join-dimensions.js';
import type { Measure, Origin } from './measures.js';
import type { Period } from './period.js';

/** Rows of one origin as columns: the n-th of each column is the n-th row. */
export interface Slice {
  readonly n: number;
  readonly ticketIds: readonly number[];
  /** What puts a row into the period, ms since 1970. */
  readonly at: readonly number[];
  /** By key of measure; left out: each row counts once. Null: it does not count. */
  readonly values: ReadonlyMap<string, readonly (number | null)[]>;
  /** By key of dimension; tags of a ticket in one text, with commas. Times are not among them. */
  readonly dimensions: ReadonlyMap<string, readonly (string | number | null)[]>;
}

export interface ReadSlice {
  readonly viewer: TicketViewer;
  readonly now: Date;
  /** What comes from `now` is read whatever the period. */
  readonly period: Pick<Period, 'start' | 'end'>;
  /** All of one origin. */
  readonly measures: readonly Measure[];
  readonly dimensions: readonly Dimension[];
  /** Only tickets behind the first of two ids, up to the second. */
  readonly between?: readonly [number, number];
  readonly withIds?: boolean;
}

export const emptySlice: Slice = {
  n: 0,
  ticketIds: [],
  at: [],
  values: new Map(),
  dimensions: new Map(),
};

/**
 * Reads only the columns that are asked for, and each as one JSON text: making an object of every row costs ten times as
 * much as reading it.
 */
export async function readSlice(db: Knex, asked: ReadSlice): Promise<Slice> {
  const [first] = asked.measures;
  if (!first) return emptySlice;
  const { origin } = first;
  const isPostgres = db.client.config.client === 'pg';
  const tables = joinTables(db, asked, origin);
  const at = () => (isPostgres ? db.raw('(extract(epoch from ??) * 1000)::bigint', [tables.at]) : tables.at);
  const columns: { readonly key: string; readonly sql: Knex.Raw | string }[] = [];
  if (asked.withIds) columns.push({ key: 'id', sql: 'reporting_tickets.ticketId' });
  if (asked.withIds || asked.dimensions.some(({ from }) => from === 'time'))
    columns.push({ key: 'at', sql: at() });
  for (const { key, value, isAge } of asked.measures)
    if (value !== undefined)
      columns.push({
        key: `v ${key}`,
        sql:
          typeof origin === 'object'
            ? `happened.${value}`
            : db.raw(isAge && isPostgres ? `(extract(epoch from ${value}) * 1000)::bigint` : value),
      });
  for (const [key, sql] of tables.dimensions) columns.push({ key: `d ${key}`, sql });
  const list = isPostgres ? 'json_agg(??)::text as ??' : 'json_group_array(??) as ??';
  const row = (await tables.query.first(
    db.raw('count(*) as n'),
    ...columns.map(({ sql }, i) => db.raw(list, [sql, `c${i}`])),
  )) as Readonly<Record<string, string | number | null>> | undefined;
  return toSlice(
    row,
    columns.map(({ key }) => key),
    asked,
  );
}

interface Tables {
  readonly query: Knex.QueryBuilder;
  /** The column of the moment. */
  readonly at: string;
  readonly dimensions: ReadonlyMap<string, Knex.Raw | string>;
}

function joinTables(
  db: Knex,
  { viewer, now, period, dimensions, between }: ReadSlice,
  origin: Origin,
): Tables {
  const query = db('reporting_tickets');
  const table = typeof origin === 'object' ? origin : undefined;
  const at = momentOf(origin);
  if (table)
    void query.join(
      table.rows({ db, now: now.toISOString() }).as('happened'),
      'happened.ticketId',
      'reporting_tickets.ticketId',
    );
  const needsTickets = viewer.lineIds !== 'all';
  const joined = joinDimensions(db, query, { dimensions, now, table, needsTickets });
  void query.modify((rows) => seenBy(rows, viewer));
  if (origin === 'now')
    void query
      .whereNull('reporting_tickets.solvedAt')
      .whereNotIn('reporting_tickets.category', ['solved', 'closed']);
  else void query.where(at, '>=', period.start).where(at, '<', period.end);
  if (between)
    void query
      .where('reporting_tickets.ticketId', '>', between[0])
      .where('reporting_tickets.ticketId', '<=', between[1]);
  return { query, at, dimensions: joined.dimensions };
}

function momentOf(origin: Origin): string {
  const moment = typeof origin === 'object' ? origin.moment : origin;
  if (moment === 'at') return 'happened.at';
  return `reporting_tickets.${moment === 'now' ? 'openedAt' : moment}`;
}

function toSlice(
  row: Readonly<Record<string, string | number | null>> | undefined,
  keys: readonly string[],
  { measures, now }: ReadSlice,
): Slice {
  const values = new Map<string, readonly (number | null)[]>();
  const dimensions = new Map<string, readonly (string | number | null)[]>();
  let ticketIds: number[] = [];
  let at: number[] = [];
  for (const [i, key] of keys.entries()) {
    const text = row?.[`c${i}`];
    const column = parseJson<(string | number | null)[]>(typeof text === 'string' ? text : '[]', []);
    const name = key.slice(2);
    if (key === 'id') ticketIds = column.map(Number);
    else if (key === 'at') at = column.map(toMs);
    else if (key.startsWith('d ')) dimensions.set(name, column);
    else {
      const isAge = measures.find((measure) => measure.key === name)?.isAge ?? false;
      values.set(
        name,
        column.map((value) => toNumber(value, isAge ? now : undefined)),
      );
    }
  }
  return { n: Number(row?.['n'] ?? 0), ticketIds, at, values, dimensions };
}

const toMs = (value: string | number | null): number =>
  typeof value === 'number' ? value : Date.parse(value ?? '');

function toNumber(value: string | number | null, now: Date | undefined): number | null {
  if (value === null) return null;
  if (now) return Math.max(0, Math.round((now.getTime() - toMs(value)) / 1000));
  return Number(value);
}
