import type { Logger, TicketViewer } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { Dimension } from './dimensions.js';
import type { Measure, Origin } from './measures.js';
import type { Period } from './period.js';
import { emptySlice, readSlice, type ReadSlice, type Slice } from './read-slice.js';

/** A measure that a page shows, and by what. */
export interface Need {
  readonly measure: Measure;
  readonly by?: readonly (Dimension | undefined)[];
  /** In the period before too, as a whole; `both`: by the same dimensions. */
  readonly before?: boolean | 'both';
  /** Which tickets. */
  readonly withIds?: boolean;
}

export interface LoadSlices {
  readonly needs: readonly Need[];
  /** Of filters: every row has them. */
  readonly always: readonly Dimension[];
  readonly period: Period;
  readonly before: Period;
  readonly viewer: TicketViewer;
  readonly now: Date;
  readonly log: Pick<Logger, 'warn'>;
}

/** The rows of a measure in one of the two periods. @throws Error when the page has not said that it needs them */
export type SliceOf = (measure: Measure, period: Period) => Slice;

interface Planned {
  readonly period: Period;
  readonly measures: Map<string, Measure>;
  readonly dimensions: Map<string, Dimension>;
  withIds: boolean;
}

/** Reads what a page needs: one query for each origin of rows and period, however many measures it has. */
export async function loadSlices(db: Knex, input: LoadSlices): Promise<SliceOf> {
  const plans = new Map<Origin, Planned[]>();
  for (const need of input.needs) {
    plan(plans, need, input);
    if (need.before && need.measure.origin !== 'now')
      plan(
        plans,
        { ...need, by: need.before === 'both' ? (need.by ?? []) : [] },
        { ...input, period: input.before },
      );
  }
  const read = new Map<Planned, Slice>();
  await Promise.all(
    [...plans.values()].flat().map(async (one) => void read.set(one, await readOne(db, one, input))),
  );
  return (measure, { start }) => {
    const all = plans.get(measure.origin) ?? [];
    const found = all.find(({ period }) => measure.origin === 'now' || period.start === start);
    const slice = found?.measures.has(measure.key) ? read.get(found) : undefined;
    if (!slice) throw new Error(`the measure ${measure.key} was not read`);
    return slice;
  };
}

function plan(plans: Map<Origin, Planned[]>, need: Need, { period, always }: LoadSlices): void {
  const { measure, by = [], withIds = false } = need;
  const known = plans.get(measure.origin) ?? [];
  const found = known.find((one) => measure.origin === 'now' || one.period.start === period.start);
  const planned = found ?? { period, measures: new Map(), dimensions: new Map(), withIds: false };
  if (!found) plans.set(measure.origin, [...known, planned]);
  planned.measures.set(measure.key, measure);
  for (const dimension of [...always, ...by]) if (dimension) planned.dimensions.set(dimension.key, dimension);
  planned.withIds ||= withIds;
}

/** What another plugin says wrongly leaves its figures out, and no page down. */
async function readOne(db: Knex, planned: Planned, { viewer, now, log }: LoadSlices): Promise<Slice> {
  const { period, withIds } = planned;
  const measures = [...planned.measures.values()];
  const dimensions = [...planned.dimensions.values()];
  const asked: ReadSlice = { viewer, now, period, withIds, measures, dimensions };
  try {
    return await readSlice(db, asked);
  } catch (error) {
    const contributed = [...measures.map(({ origin }) => origin), ...dimensions.map(({ from }) => from)];
    if (!contributed.some((one) => typeof one === 'object')) throw error;
    log.warn({ err: error }, 'contributed facts could not be read');
    return emptySlice;
  }
}
