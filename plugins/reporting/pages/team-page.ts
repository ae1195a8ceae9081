import type { DeskContext } from '@helpdesk/core';
import { hasFacts } from '../query/has-facts.js';
import type { Cell } from '../query/statistics.js';
import type { Sources } from '../query/sources.js';
import { byDimension } from './chart-series.js';
import { nameValues } from './name-values.js';
import { pathOf } from './paths.js';
import { presentBars } from './present-chart.js';
import { presentHead } from './present-head.js';
import { presentKpi } from './present-kpi.js';
import { openReport, type Report, type Wanted } from './report.js';
import { sayCell, sayValue } from './say-figure.js';

/** For a supervisor: who does what, what lies where and for how long. */
export async function teamPage(ctx: DeskContext, sources: Sources): Promise<void> {
  const report = await openReport(ctx, sources, { wanted: () => WANTED });
  const head = presentHead(report, { page: '/team' });
  await ctx.render(
    'reporting/dashboard',
    {
      head,
      kpis: ['waiting', 'open', 'firstReply', 'reopened'].map((key) => presentKpi(report, key)),
      charts: [await openByTeam(report), ageChart(report), await hopChart(report)],
      people: await presentPeople(report),
      isEmpty: !(await hasFacts(ctx.db, ctx.viewer)),
    },
    { page: { styles: head.styles } },
  );
}

const COLUMNS = [
  { measure: 'solved', by: 'solvedBy' },
  { measure: 'solution', by: 'solvedBy' },
  { measure: 'firstReply', by: 'repliedBy' },
  { measure: 'oneTouch', by: 'solvedBy' },
  { measure: 'open', by: 'agent' },
] as const;

const WANTED: readonly Wanted[] = [
  ...COLUMNS.map(({ measure, by }) => ({ measure, by: [by] })),
  { measure: 'firstReply', before: true },
  { measure: 'reopened', before: true },
  { measure: 'waiting' },
  { measure: 'open', by: ['team'] },
  { measure: 'age', by: ['team'] },
  { measure: 'teamHops', by: ['line'] },
];

async function presentPeople(report: Report) {
  const { ctx, span } = report;
  const columns = COLUMNS.flatMap(({ measure: key, by }) => {
    const [measure, dimension] = [report.measure(key), report.dimension(by)];
    if (!dimension) return [];
    const groups = report.groups(measure, [dimension]);
    return [
      {
        key,
        by,
        measure,
        dimension,
        cells: new Map(groups.map(({ values, cell }) => [values[0] ?? '', cell])),
      },
    ];
  });
  const ids = [...new Set(columns.flatMap(({ cells }) => [...cells.keys()]))];
  const [first] = columns;
  const names = first ? await nameValues(ctx, first.dimension, ids) : new Map<string, string>();
  const solved = (id: string) => first?.cells.get(id)?.n ?? 0;
  return {
    title: ctx.t('reporting.people'),
    sub: ctx.t('reporting.people.sub'),
    table: {
      caption: ctx.t('reporting.people'),
      head: [ctx.t('reporting.dimension.agent'), ...columns.map(({ measure }) => ctx.t(measure.label))],
      rows: ids
        .toSorted((a, b) => solved(b) - solved(a) || (names.get(a) ?? '').localeCompare(names.get(b) ?? ''))
        .map((id) => ({
          head: names.get(id) ?? id,
          cells: columns.map(({ key, by, measure, cells }) => {
            const cell = cells.get(id);
            return cell
              ? {
                  text: sayCell(ctx, measure, cell),
                  href: pathOf('/tickets', { ...span, measure: key, f: [`${by}:${id}`] }),
                }
              : { text: '—' };
          }),
        })),
    },
  };
}

async function openByTeam(report: Report) {
  const { ctx, measure } = report;
  const open = measure('open');
  const age = measure('age');
  const teams = await byDimension(report, open, { by: 'team', of: ({ n }) => n });
  const ages = new Map(
    (await byDimension(report, age, { by: 'team', of: ({ median }) => median })).map((one) => [
      one.value,
      one.cell,
    ]),
  );
  const [largest] = teams;
  return presentBars(
    {
      id: 'c-teams',
      title: largest
        ? ctx.t('reporting.chart.mostOpen', { name: largest.name, count: largest.figure })
        : ctx.t(open.label),
      sub: ctx.t('reporting.chart.openByTeam'),
      first: ctx.t('reporting.dimension.team'),
      span: 7,
    },
    {
      head: [ctx.t('reporting.tickets'), ctx.t(age.label)],
      bars: teams.map(({ value, name, figure }) => ({
        label: name,
        value: figure,
        text: sayValue(ctx, open, figure),
        href: pathOf('/tickets', { measure: 'open', f: [`team:${value}`] }),
        more: [sayValue(ctx, age, ages.get(value)?.median ?? null)],
      })),
    },
  );
}

const HOUR = 3600;
const AGES = [
  { key: 'h4', upTo: 4 * HOUR },
  { key: 'd1', upTo: 24 * HOUR },
  { key: 'd3', upTo: 72 * HOUR },
  { key: 'd7', upTo: 168 * HOUR },
  { key: 'older', upTo: Number.POSITIVE_INFINITY },
] as const;

function ageChart(report: Report) {
  const { ctx, measure } = report;
  const counts = AGES.map(() => 0);
  for (const { value: seconds } of report.hits(measure('age')).hits) {
    const i = AGES.findIndex(({ upTo }) => seconds < upTo);
    counts[i] = (counts[i] ?? 0) + 1;
  }
  const old = (counts[3] ?? 0) + (counts[4] ?? 0);
  const all = counts.reduce((a, b) => a + b, 0);
  return presentBars(
    {
      id: 'c-age',
      title: ctx.t('reporting.chart.old', { count: old }),
      sub: ctx.t('reporting.chart.age', { count: all }),
      first: ctx.t('reporting.measure.age'),
      span: 5,
    },
    {
      head: [ctx.t('reporting.tickets')],
      bars: AGES.map(({ key }, i) => ({
        label: ctx.t(`reporting.age.${key}`),
        value: counts[i] ?? 0,
        text: sayValue(ctx, { unit: 'count' }, counts[i] ?? 0),
        cls: i > 2 ? 'f4' : 'f1',
      })),
    },
  );
}

async function hopChart(report: Report) {
  const { ctx, measure } = report;
  const hops = measure('teamHops');
  const mean = ({ mean: value }: Cell) => value;
  const lines = await byDimension(report, hops, { by: 'line', of: mean });
  const [most] = lines;
  return presentBars(
    {
      id: 'c-hops',
      title: most
        ? ctx.t('reporting.chart.mostHops', { name: most.name, value: sayValue(ctx, hops, most.figure) })
        : ctx.t(hops.label),
      sub: ctx.t('reporting.chart.hops'),
      first: ctx.t('reporting.dimension.line'),
      span: 12,
    },
    {
      head: [ctx.t('reporting.mean'), ctx.t('reporting.tickets')],
      bars: lines.map(({ name, figure, cell }) => ({
        label: name,
        value: figure,
        text: sayValue(ctx, hops, figure),
        more: [sayValue(ctx, { unit: 'count' }, cell.n)],
      })),
    },
  );
}
