import type { DeskContext } from '@helpdesk/core';
import { figureOf, type Filter } from '../query/figures.js';
import { hasFacts } from '../query/has-facts.js';
import { bucketFor, type Period } from '../query/period.js';
import type { Sources } from '../query/sources.js';
import { alongTime } from './chart-series.js';
import { presentAlong } from './present-chart.js';
import { presentHead } from './present-head.js';
import { presentKpi } from './present-kpi.js';
import { openReport, type Report, type Wanted } from './report.js';
import { sayCell, sayConclusion, sayValue } from './say-figure.js';

const MINE = [
  { measure: 'solved', by: 'solvedBy' },
  { measure: 'firstReply', by: 'repliedBy' },
  { measure: 'oneTouch', by: 'solvedBy' },
  { measure: 'open', by: 'agent' },
] as const;
const COMPARED = [
  { measure: 'firstReply', by: 'repliedBy' },
  { measure: 'solution', by: 'solvedBy' },
  { measure: 'oneTouch', by: 'solvedBy' },
  { measure: 'replies', by: 'solvedBy' },
] as const;

const wanted = (period: Period): Wanted[] => [
  ...[...MINE, ...COMPARED].map(({ measure, by }) => ({ measure, by: [by], before: 'both' as const })),
  { measure: 'solved', by: [bucketFor(period)] },
];

/** What somebody did himself, beside himself before and the desk as a whole; nobody else by name. */
export async function minePage(ctx: DeskContext, sources: Sources): Promise<void> {
  const report = await openReport(ctx, sources, { wanted });
  const head = presentHead(report, { page: '/mine' });
  const time = await alongTime(report);
  const solved = report.measure('solved');
  const mine = filterBy(report, 'solvedBy');
  const cells = { now: report.all(solved, mine), before: report.all(solved, mine, report.before) };
  await ctx.render(
    'reporting/dashboard',
    {
      head: { ...head, csv: undefined },
      kpis: MINE.map(({ measure, by }) => presentKpi(report, measure, filterBy(report, by))).map((kpi) =>
        ctx.can('reporting.read') ? kpi : { ...kpi, href: undefined },
      ),
      charts: [
        presentAlong(
          {
            id: 'c-mine',
            title: sayConclusion(ctx, solved, cells),
            sub: ctx.t('reporting.chart.mine'),
            first: ctx.t(`reporting.dimension.${time.bucket}`),
            span: 12,
          },
          'columns',
          {
            ...time,
            say: (value) => sayValue(ctx, solved, value),
            series: [
              {
                name: ctx.t(solved.label),
                values: time.series(solved, { of: ({ n }) => n, empty: 0, filters: mine }),
              },
            ],
          },
        ),
      ],
      people: presentCompared(report),
      isEmpty: !(await hasFacts(ctx.db, ctx.viewer)),
    },
    { page: { styles: head.styles } },
  );
}

function filterBy(report: Report, by: string): Filter[] {
  const dimension = report.dimension(by);
  return dimension ? [{ dimension, value: String(report.ctx.agent.id) }] : [];
}

function presentCompared(report: Report) {
  const { ctx, before } = report;
  const rows = COMPARED.map(({ measure: key, by }) => {
    const measure = report.measure(key);
    const mine = filterBy(report, by);
    const cells = [report.all(measure, mine), report.all(measure, mine, before), report.all(measure)];
    return {
      head: ctx.t(measure.label),
      cells: cells.map((cell) => ({
        text: figureOf(measure, cell) === null ? '—' : sayCell(ctx, measure, cell),
      })),
    };
  });
  return {
    title: ctx.t('reporting.mine.compared'),
    sub: ctx.t('reporting.mine.compared.sub'),
    table: {
      caption: ctx.t('reporting.mine.compared'),
      head: [
        ctx.t('reporting.measure'),
        ctx.t('reporting.mine'),
        ctx.t('reporting.mine.before'),
        ctx.t('reporting.mine.desk'),
      ],
      rows,
    },
  };
}
