import type { DeskContext } from '@helpdesk/core';
import { isTime, type Dimension } from '../query/dimensions.js';
import { figureOf } from '../query/figures.js';
import { isOfCases, type Measure } from '../query/measures.js';
import type { Sources } from '../query/sources.js';
import { presentMatrix } from './explore-matrix.js';
import { ROWS_MOST, sortGroups, tooMany, type Exploring } from './exploring.js';
import { nameValues, shortBucket } from './name-values.js';
import { pathOf, type ReportQuery } from './paths.js';
import { presentAlong, presentBars } from './present-chart.js';
import { presentHead } from './present-head.js';
import { findMeasure, openReport, readFilters, toTexts, type Report } from './report.js';
import { sayCell, sayConclusion, sayDifference, sayHint, sayValue } from './say-figure.js';

/** Any measure by any dimension or two, beside the period before; every figure leads to its tickets. */
export async function explorePage(ctx: DeskContext, sources: Sources): Promise<void> {
  const measure = findMeasure(sources, ctx.query['measure'] ?? 'opened');
  const dimension = (key: string | undefined) => sources.dimensions().find((one) => one.key === key);
  const by = dimension(ctx.query['by']) ?? dimension('line');
  const second = dimension(ctx.query['by2']);
  const by2 = second && second.key !== by?.key ? second : undefined;
  const filters = readFilters(ctx, sources);
  const keys = [by, by2].flatMap((one) => one?.key ?? []);
  const wanted = () => [{ measure: measure.key, by: keys, before: by2 ? true : ('both' as const) }];
  const report = await openReport(ctx, sources, { wanted, filters });
  const query: ReportQuery = {
    ...report.span,
    measure: measure.key,
    by: by?.key,
    by2: by2?.key,
    f: toTexts(filters),
  };
  const head = presentHead(report, { page: '/explore', query, csv: '/values.csv' });
  const asked: Exploring = { report, measure, filters, query };
  const whole = { now: report.all(measure, filters), before: report.all(measure, filters, report.before) };
  await ctx.render(
    'reporting/explore',
    {
      head,
      choices: presentChoices(report, { measure, by, by2 }),
      filters: await presentFilters(asked),
      conclusion: sayConclusion(ctx, measure, whole),
      hint: sayHint(ctx, measure),
      result: by ? await (by2 ? presentMatrix(asked, by, by2) : presentOne(asked, by)) : undefined,
    },
    { page: { styles: head.styles } },
  );
}

function presentChoices(
  { ctx, sources }: Report,
  { measure, by, by2 }: { measure: Measure; by: Dimension | undefined; by2: Dimension | undefined },
) {
  const options = (list: readonly { key: string; label: string }[], chosen: string | undefined) =>
    list.map(({ key, label }) => ({ value: key, label: ctx.t(label), selected: key === chosen }));
  const dimensions = sources.dimensions();
  return [
    {
      name: 'measure',
      kind: 'select',
      label: ctx.t('reporting.measure'),
      options: options(sources.measures(), measure.key),
    },
    { name: 'by', kind: 'select', label: ctx.t('reporting.by'), options: options(dimensions, by?.key) },
    {
      name: 'by2',
      kind: 'select',
      label: ctx.t('reporting.by2'),
      options: [
        { value: '', label: ctx.t('reporting.nothingMore'), selected: !by2 },
        ...options(dimensions, by2?.key),
      ],
    },
  ];
}

async function presentFilters({ report: { ctx }, filters, query }: Exploring) {
  const shown = [];
  for (const { dimension, value } of filters) {
    const names = await nameValues(ctx, dimension, [value]);
    const rest = (query.f ?? []).filter((text) => text !== `${dimension.key}:${value}`);
    shown.push({
      text: `${ctx.t(dimension.label)}: ${names.get(value) ?? value}`,
      removeUrl: pathOf('/explore', { ...query, f: rest }),
    });
  }
  return shown;
}

async function presentOne(exploring: Exploring, by: Dimension) {
  const { report, measure, filters, query } = exploring;
  const { ctx, before } = report;
  const groups = sortGroups(report.groups(measure, [by], { filters }), { by, measure });
  const withBefore = !isTime(by) && measure.origin !== 'now';
  const was = new Map(
    withBefore
      ? report.groups(measure, [by], { filters, period: before }).map(({ values, cell }) => [values[0], cell])
      : [],
  );
  const names = await nameValues(
    ctx,
    by,
    groups.map(({ values: [value = ''] }) => value),
  );
  const quantiles = measure.by === 'median';
  const head = [
    ctx.t(measure.label),
    ...(quantiles ? [ctx.t('reporting.p90')] : []),
    ctx.t(isOfCases(measure) ? 'reporting.cases' : 'reporting.tickets'),
    ...(withBefore ? [ctx.t('reporting.before'), ctx.t('reporting.change')] : []),
  ];
  const words = {
    id: 'c-result',
    title: ctx.t('reporting.measureBy', { measure: ctx.t(measure.label), by: ctx.t(by.label) }),
    sub: '',
    first: ctx.t(by.label),
    span: 12 as const,
  };
  const tableRows = groups.slice(0, ROWS_MOST).map(({ values: [value = ''], cell }) => {
    const old = was.get(value);
    const difference = old ? sayDifference(ctx, measure, { now: cell, before: old }) : undefined;
    return {
      head: names.get(value) ?? value,
      href: pathOf('/explore', { ...query, f: [...(query.f ?? []), `${by.key}:${value}`] }),
      cells: [
        {
          text: sayCell(ctx, measure, cell),
          href: pathOf('/tickets', {
            ...query,
            by: undefined,
            by2: undefined,
            f: [...(query.f ?? []), `${by.key}:${value}`],
          }),
        },
        ...(quantiles ? [{ text: sayValue(ctx, measure, cell.p90) }] : []),
        { text: sayValue(ctx, { unit: 'count' }, cell.n) },
        ...(withBefore
          ? [{ text: old ? sayCell(ctx, measure, old) : '—' }, { text: difference?.text ?? '—' }]
          : []),
      ],
    };
  });
  const chart =
    isTime(by) && groups.length > 1
      ? presentAlong(words, 'columns', {
          series: [{ name: ctx.t(measure.label), values: groups.map(({ cell }) => figureOf(measure, cell)) }],
          labels: groups.map(({ values: [value = ''] }) =>
            ['day', 'week', 'month'].includes(by.key)
              ? shortBucket(ctx.language, value)
              : (names.get(value) ?? value),
          ),
          say: (value) => sayValue(ctx, measure, value),
        })
      : presentBars(words, {
          head: [],
          bars: groups.map(({ values: [value = ''], cell }) => ({
            label: names.get(value) ?? value,
            value: figureOf(measure, cell) ?? 0,
            text: sayCell(ctx, measure, cell),
          })),
        });
  return {
    chart: { ...chart, table: undefined },
    table: {
      caption: words.title,
      head: [words.first, ...head],
      rows: tableRows,
      more: tooMany(exploring, groups),
    },
  };
}
