import { writeCsvLine, type DeskContext } from '@helpdesk/core';
import { isTime, type Dimension } from '../query/dimensions.js';
import { columnOf, hitsIn } from '../query/figures.js';
import { findDays } from '../query/find-day.js';
import { readPeriod } from '../query/period.js';
import { readSlice } from '../query/read-slice.js';
import type { Sources } from '../query/sources.js';
import { BYTE_ORDER_MARK, cellOf, checkRight, sendFile, separatorFor } from './csv-file.js';
import { nameValues } from './name-values.js';
import { findMeasure, readFilters } from './report.js';

const TICKETS_A_PIECE = 5000;

/**
 * What one figure is made of, a row each: ticket, moment, value, and the value of every dimension. By ticket, then moment,
 * then the text of the row, so that the same facts give the same file whatever order the database reads them in.
 */
export function sendValues(ctx: DeskContext, sources: Sources): void {
  sendFile(ctx, { name: 'values', pieces: writeValues(ctx, sources) });
}

async function* writeValues(ctx: DeskContext, sources: Sources): AsyncGenerator<string> {
  const { db, viewer, now } = ctx;
  const separator = separatorFor(ctx);
  const measure = findMeasure(sources, ctx.query['measure']);
  const filters = readFilters(ctx, sources);
  const dimensions = sources.dimensions().filter((one) => !isTime(one));
  const named = dimensions.filter(({ key }) => key === ctx.query['by'] || key === ctx.query['by2']);
  const { timeZone } = ctx.app.company;
  const period = readPeriod(ctx.query, { now, timeZone });
  const days = findDays(period, timeZone);
  const head = ['ticketId', 'number', 'at', 'value', ...dimensions.map(({ key }) => key)];
  yield BYTE_ORDER_MARK + writeCsvLine([...head, ...named.map(({ key }) => `${key}Name`)], separator);
  for await (const between of pieces(ctx)) {
    await checkRight(ctx);
    const slice = await readSlice(db, {
      viewer,
      now,
      period,
      between,
      measures: [measure],
      dimensions: [...dimensions, ...filters.map((filter) => filter.dimension)],
      withIds: true,
    });
    const hits = hitsIn(slice, { measure, filters, days });
    const columns = dimensions.map((dimension) => columnOf(slice, dimension, days));
    const words = await Promise.all(
      named.map((dimension) => wordsOf(ctx, dimension, slice.dimensions.get(dimension.key) ?? [])),
    );
    const numbers = await numbersOf(ctx, [...new Set(hits.map(({ row }) => slice.ticketIds[row] ?? 0))]);
    const lines = hits
      .map(({ row, value }) => {
        const ticketId = slice.ticketIds[row] ?? 0;
        const at = new Date(slice.at[row] ?? 0).toISOString();
        const values = columns.map((column) => column(row).join('; '));
        const names = named.map(({ key }, i) =>
          words[i]?.get(String(slice.dimensions.get(key)?.[row] ?? '')),
        );
        const cells = [ticketId, numbers.get(ticketId), at, value, ...values, ...names];
        return { ticketId, at, text: writeCsvLine(cells.map(cellOf), separator) };
      })
      .toSorted((a, b) => a.ticketId - b.ticketId || compare(a.at, b.at) || compare(a.text, b.text));
    yield lines.map(({ text }) => text).join('');
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Some thousand tickets at a time, by their ids. */
async function* pieces({ db }: DeskContext): AsyncGenerator<[number, number]> {
  const row = (await db('reporting_tickets').max({ last: 'ticketId' }).first()) as
    | { last: number | string | null }
    | undefined;
  const last = Number(row?.last ?? 0);
  for (let from = 0; from < last; from += TICKETS_A_PIECE) yield [from, from + TICKETS_A_PIECE];
}

/** By the text of a column: of tags the names of all of them. */
async function wordsOf(
  ctx: DeskContext,
  dimension: Dimension,
  column: readonly (string | number | null)[],
): Promise<Map<string, string>> {
  const texts = [...new Set(column.map((value) => String(value ?? '')))];
  const isList = dimension.from === 'tags';
  const valuesIn = (text: string) => (isList ? text.split(',') : [text]);
  const names = await nameValues(ctx, dimension, [...new Set(texts.flatMap(valuesIn))]);
  return new Map(
    texts.map((text) => [
      text,
      valuesIn(text)
        .map((one) => names.get(one) ?? one)
        .join('; '),
    ]),
  );
}

const AT_A_TIME = 1000;

async function numbersOf({ db }: DeskContext, ids: readonly number[]): Promise<Map<number, number>> {
  const numbers = new Map<number, number>();
  for (let from = 0; from < ids.length; from += AT_A_TIME) {
    const rows: { id: number; number: number }[] = await db('tickets')
      .whereIn('id', ids.slice(from, from + AT_A_TIME))
      .select('id', 'number');
    for (const { id, number } of rows) numbers.set(id, number);
  }
  return numbers;
}
