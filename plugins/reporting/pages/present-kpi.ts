import type { Filter } from '../query/figures.js';
import { pathOf } from './paths.js';
import { toTexts, type Report } from './report.js';
import { sayCell, sayDifference, sayValue } from './say-figure.js';

/** One large figure with what it was before; the figure leads to its tickets. */
export function presentKpi(report: Report, key: string, filters: readonly Filter[] = []) {
  const { ctx, before, span } = report;
  const measure = report.measure(key);
  const now = report.all(measure, filters);
  const was = report.all(measure, filters, before);
  const difference = measure.origin === 'now' ? undefined : sayDifference(ctx, measure, { now, before: was });
  return {
    key,
    name: ctx.t(measure.label),
    value: sayCell(ctx, measure, now),
    href: now.n === 0 ? undefined : pathOf('/tickets', { ...span, measure: key, f: toTexts(filters) }),
    delta: difference,
    p90:
      measure.by === 'median' && now.p90 !== null
        ? ctx.t('reporting.p90Is', { value: sayValue(ctx, measure, now.p90) })
        : undefined,
  };
}
