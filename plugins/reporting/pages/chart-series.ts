import { listBuckets } from '../query/calendar.js';
import { bucketFor } from '../query/period.js';
import type { Filter } from '../query/figures.js';
import type { Measure } from '../query/measures.js';
import type { Cell } from '../query/statistics.js';
import { nameValues, shortBucket } from './name-values.js';
import type { Report } from './report.js';

/** The buckets of a report's period with their words, and a measure along them. */
export async function alongTime({ ctx, period, dimension, groups }: Report) {
  const bucket = bucketFor(period);
  const buckets = listBuckets(period, bucket);
  const time = dimension(bucket);
  const names = time ? await nameValues(ctx, time, buckets) : new Map<string, string>();
  return {
    buckets,
    bucket,
    labels: buckets.map((one) => shortBucket(ctx.language, one)),
    rows: buckets.map((one) => names.get(one) ?? one),
    /** A figure a bucket; `empty` where nothing happened. */
    series(
      measure: Measure,
      {
        of,
        empty,
        filters = [],
      }: { of: (cell: Cell) => number | null; empty: 0 | null; filters?: readonly Filter[] },
    ): (number | null)[] {
      const found = new Map(
        groups(measure, time ? [time] : [], { filters }).map(({ values, cell }) => [values[0], of(cell)]),
      );
      return buckets.map((one) => found.get(one) ?? empty);
    },
  };
}

/** The values of a dimension with their figures and words, the largest first. */
export async function byDimension(
  report: Report,
  measure: Measure,
  { by, of, filters = [] }: { by: string; of: (cell: Cell) => number | null; filters?: readonly Filter[] },
): Promise<{ value: string; name: string; cell: Cell; figure: number }[]> {
  const dimension = report.dimension(by);
  if (!dimension) return [];
  const groups = report.groups(measure, [dimension], { filters });
  const names = await nameValues(
    report.ctx,
    dimension,
    groups.map(({ values }) => values[0] ?? ''),
  );
  return groups
    .map(({ values: [value = ''], cell }) => ({
      value,
      name: names.get(value) ?? value,
      cell,
      figure: of(cell) ?? 0,
    }))
    .toSorted((a, b) => b.figure - a.figure || b.cell.n - a.cell.n || a.name.localeCompare(b.name));
}
