import { formatDuration, formatNumber, type DeskContext } from '@helpdesk/core';
import { figureOf } from '../query/figures.js';
import type { Measure } from '../query/measures.js';
import type { Cell } from '../query/statistics.js';

type Saying = Pick<DeskContext, 'language' | 't'>;
type Told = Pick<Measure, 'unit' | 'by'>;

/** A value in the unit of its measure: 4 h 10 min, 86 %, 1.4, 120. */
export function sayValue(
  { language }: Saying,
  { unit }: Pick<Measure, 'unit'>,
  value: number | null,
): string {
  if (value === null) return '—';
  if (unit === 'seconds') return formatDuration(value, { language });
  if (unit === 'share') return formatNumber(value, { language, style: 'percent' });
  return formatNumber(value, { language, digits: 2 });
}

export const sayCell = (ctx: Saying, measure: Told, cell: Cell): string =>
  sayValue(ctx, measure, figureOf(measure, cell));

/** How far a figure is from the one before, in words: "2 h less". Nothing when there is no telling. */
export function sayDifference(
  ctx: Saying,
  measure: Told & Pick<Measure, 'lessIsBetter'>,
  { now, before }: { now: Cell; before: Cell },
): { text: string; cls: string } | undefined {
  const [figure, was] = [figureOf(measure, now), figureOf(measure, before)];
  if (figure === null || was === null) return undefined;
  const by = sayStep(ctx, measure, Math.abs(figure - was));
  if (figure === was) return { text: ctx.t('reporting.said.same'), cls: '' };
  const isLess = figure < was;
  const cls =
    measure.lessIsBetter === undefined ? '' : isLess === measure.lessIsBetter ? 'delta-good' : 'delta-bad';
  return { text: ctx.t(isLess ? 'reporting.said.less' : 'reporting.said.more', { by }), cls };
}

/** Shares differ by points, not by percent. */
export function sayStep(ctx: Saying, { unit }: Told, by: number): string {
  if (unit !== 'share') return sayValue(ctx, { unit }, by);
  return ctx.t('reporting.points', { n: formatNumber(by * 100, { language: ctx.language, digits: 1 }) });
}

/** A headline that draws the conclusion: "Solution: 14 h, that is 6 h more than before". */
export function sayConclusion(ctx: Saying, measure: Measure, cells: { now: Cell; before: Cell }): string {
  const name = ctx.t(measure.label);
  const value = sayCell(ctx, measure, cells.now);
  if (figureOf(measure, cells.now) === null) return ctx.t('reporting.said.nothing', { name });
  if (measure.origin !== 'now' && figureOf(measure, cells.now) === figureOf(measure, cells.before))
    return ctx.t('reporting.said.unchanged', { name, value });
  const difference = measure.origin === 'now' ? undefined : sayDifference(ctx, measure, cells);
  if (!difference) return ctx.t('reporting.said.first', { name, value });
  return ctx.t('reporting.said.compared', { name, value, difference: difference.text });
}

/** What is counted, in a sentence; a contributed measure may have none. */
export function sayHint({ t }: Saying, { label }: Pick<Measure, 'label'>): string | undefined {
  const key = `${label}.hint`;
  const text = t(key);
  return text === key ? undefined : text;
}
