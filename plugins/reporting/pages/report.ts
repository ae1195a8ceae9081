import type { DeskContext } from '@helpdesk/core';
import type { Dimension } from '../query/dimensions.js';
import { findDays } from '../query/find-day.js';
import { groupRows, hitsIn, measureAll, type Filter, type Group } from '../query/figures.js';
import { loadSlices, type Need } from '../query/load-slices.js';
import { MEASURES, type Measure } from '../query/measures.js';
import { periodBefore, readPeriod, type Period } from '../query/period.js';
import type { Slice } from '../query/read-slice.js';
import type { Sources } from '../query/sources.js';
import type { Cell } from '../query/statistics.js';
import type { ReportQuery } from './paths.js';

/** One visit to a report: its period, and the figures that it said it needs. */
export interface Report {
  readonly ctx: DeskContext;
  readonly sources: Sources;
  /** The company's, for days, weeks and hours. */
  readonly timeZone: string;
  readonly period: Period;
  readonly before: Period;
  /** The period as addresses hold it. */
  readonly span: Pick<ReportQuery, 'days' | 'from' | 'to'>;
  measure(key: string): Measure;
  dimension(key: string): Dimension | undefined;
  all(measure: Measure, filters?: readonly Filter[], period?: Period): Cell;
  groups(measure: Measure, by: readonly Dimension[], asked?: Within): Group[];
  /** Which rows count, with what, and the rows. */
  hits(
    measure: Measure,
    filters?: readonly Filter[],
  ): { hits: { row: number; value: number }[]; slice: Slice };
}
export interface Within {
  readonly filters?: readonly Filter[];
  readonly period?: Period;
}

/** What a page needs, by keys; see `Need`. */
export interface Wanted {
  readonly measure: string;
  readonly by?: readonly string[];
  readonly before?: Need['before'];
  readonly withIds?: boolean;
}

/** Reads what a page needs, once. Filters narrow no row away: they are asked of each figure. */
export async function openReport(
  ctx: DeskContext,
  sources: Sources,
  { wanted, filters = [] }: { wanted: (period: Period) => readonly Wanted[]; filters?: readonly Filter[] },
): Promise<Report> {
  const { now, viewer, db } = ctx;
  const { timeZone } = ctx.app.company;
  const period = readPeriod(ctx.query, { now, timeZone });
  const before = periodBefore(period, timeZone);
  const known = { measures: sources.measures(), dimensions: sources.dimensions() };
  const measure = (key: string) => known.measures.find((one) => one.key === key) ?? firstOf(MEASURES);
  const dimension = (key: string) => known.dimensions.find((one) => one.key === key);
  const sliceOf = await loadSlices(db, {
    needs: wanted(period).map(({ by = [], ...need }) => ({
      ...need,
      measure: measure(need.measure),
      by: by.map(dimension),
    })),
    always: filters.map((filter) => filter.dimension),
    period,
    before,
    viewer,
    now,
    log: ctx.app.log,
  });
  const days = findDays(period, timeZone);
  const wholes = new Map<string, Cell>();
  return {
    ctx,
    sources,
    timeZone,
    period,
    before,
    span: period.days === null ? { from: period.from, to: period.to } : { days: period.days },
    measure,
    dimension,
    all(one, narrowed = [], within = period) {
      const key = narrowed.length === 0 ? `${one.key} ${within.start}` : '';
      const found = wholes.get(key);
      if (found) return found;
      const cell = measureAll(sliceOf(one, within), { measure: one, filters: narrowed, days });
      if (key !== '') wholes.set(key, cell);
      return cell;
    },
    groups: (one, by, { filters: narrowed = [], period: within = period } = {}) =>
      groupRows(sliceOf(one, within), { measure: one, filters: narrowed, days }, by),
    hits(one, narrowed = []) {
      const slice = sliceOf(one, period);
      return { slice, hits: hitsIn(slice, { measure: one, filters: narrowed, days }) };
    },
  };
}

export const findMeasure = (sources: Sources, key: string | undefined): Measure =>
  sources.measures().find((one) => one.key === key) ?? firstOf(MEASURES);

function firstOf<T>(list: readonly T[]): T {
  const [first] = list;
  if (first === undefined) throw new Error('there is no measure');
  return first;
}

/** The filters of an address, `key:value` each; unknown ones are left out. */
export function readFilters(ctx: Pick<DeskContext, 'queryAll'>, sources: Sources): Filter[] {
  const dimensions = sources.dimensions();
  return ctx
    .queryAll('f')
    .slice(0, 10)
    .flatMap((text) => {
      const [, key, value = ''] = /^([\w.-]+):(.*)$/s.exec(text) ?? [];
      const dimension = dimensions.find((one) => one.key === key);
      return dimension ? [{ dimension, value }] : [];
    });
}

export const toTexts = (filters: readonly Filter[]): string[] =>
  filters.map(({ dimension, value }) => `${dimension.key}:${value}`);
