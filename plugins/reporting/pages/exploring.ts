import { isTime, type Dimension } from '../query/dimensions.js';
import { figureOf, type Filter, type Group } from '../query/figures.js';
import type { Measure } from '../query/measures.js';
import type { ReportQuery } from './paths.js';
import type { Report } from './report.js';

export const ROWS_MOST = 500;

/** A measure that is looked at, what it is narrowed to, and its address. */
export interface Exploring {
  readonly report: Report;
  readonly measure: Measure;
  readonly filters: readonly Filter[];
  readonly query: ReportQuery;
}

export const tooMany = ({ report: { ctx } }: Exploring, groups: readonly unknown[]) =>
  groups.length > ROWS_MOST ? ctx.t('reporting.moreInCsv', { count: groups.length - ROWS_MOST }) : undefined;

/** Times in their order, others by their figure. */
export function sortGroups(
  groups: readonly Group[],
  { by, measure }: { by: Dimension; measure: Measure },
): Group[] {
  return groups.toSorted((a, b) =>
    isTime(by)
      ? (a.values[0] ?? '').localeCompare(b.values[0] ?? '')
      : (figureOf(measure, b.cell) ?? 0) - (figureOf(measure, a.cell) ?? 0) || b.cell.n - a.cell.n,
  );
}
