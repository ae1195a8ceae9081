import type { DeskContext } from '@helpdesk/core';
import { startOfDay } from '../query/calendar.js';
import { countBacklog } from '../query/count-backlog.js';
import { hasFacts } from '../query/has-facts.js';
import { bucketFor, type Period } from '../query/period.js';
import type { Sources } from '../query/sources.js';
import { alongTime, byDimension } from './chart-series.js';
import { pathOf } from './paths.js';
import { presentAlong, presentBars } from './present-chart.js';
import { presentHead } from './present-head.js';
import { presentKpi } from './present-kpi.js';
import { openReport, type Report, type Wanted } from './report.js';
import { sayConclusion, sayValue } from './say-figure.js';

/** For the owner: what came and what was done, how long customers wait, and for whom. */
export async function overviewPage(ctx: DeskContext, sources: Sources): Promise<void> {
  const report = await openReport(ctx, sources, { wanted });
  const head = presentHead(report, { page: '' });
  const time = await alongTime(report);
  const charts = [
    flowChart(report, time),
    await backlogChart(report, time),
    replyChart(report, time),
    await solutionChart(report),
    moverChart(report),
    await channelChart(report, time),
  ];
  await ctx.render(
    'reporting/dashboard',
    {
      head,
      kpis: ['opened', 'firstReply', 'solution', 'open'].map((key) => presentKpi(report, key)),
      charts,
      isEmpty: !(await hasFacts(ctx.db, ctx.viewer)),
    },
    { page: { styles: head.styles } },
  );
}

function wanted(period: Period): Wanted[] {
  const time = bucketFor(period);
  return [
    { measure: 'opened', by: [time, 'channel'], before: true },
    { measure: 'solved', by: [time] },
    { measure: 'firstReply', by: [time], before: true },
    { measure: 'solution', by: ['type'], before: true },
    ...['onUs', 'onCustomer', 'onOthers', 'open'].map((measure) => ({ measure })),
  ];
}

export type Time = Awaited<ReturnType<typeof alongTime>>;

export function flowChart(report: Report, time: Time) {
  const { ctx, measure, all, span } = report;
  const [opened, solved] = [measure('opened'), measure('solved')];
  const more = all(opened).n - all(solved).n;
  const key = more > 0 ? 'moreCame' : more < 0 ? 'moreSolved' : 'evenFlow';
  const say = (value: number | null) => sayValue(ctx, opened, value);
  const of = ({ n }: { n: number }) => n;
  return presentAlong(
    {
      id: 'c-flow',
      title: ctx.t(`reporting.chart.${key}`, { count: Math.abs(more) }),
      sub: ctx.t('reporting.chart.flow'),
      first: ctx.t(`reporting.dimension.${time.bucket}`),
      span: 7,
    },
    'lines',
    {
      ...time,
      say,
      series: [opened, solved].map((one) => ({
        name: ctx.t(one.label),
        values: time.series(one, { of, empty: 0 }),
      })),
      href: (row, column) =>
        pathOf('/tickets', {
          ...span,
          measure: column === 0 ? 'opened' : 'solved',
          f: [`${time.bucket}:${time.buckets[row]}`],
        }),
    },
  );
}

/** The end of each bucket, or now in the one that lasts. */
function endsOf({ timeZone, period, ctx }: Report, { buckets, bucket }: Time): string[] {
  const now = ctx.now.toISOString();
  return buckets.map((_, i) => {
    const next = buckets[i + 1];
    if (next === undefined) return period.end < now ? period.end : now;
    return startOfDay(bucket === 'month' ? `${next}-01` : next, timeZone);
  });
}

async function backlogChart(report: Report, time: Time) {
  const { ctx, period, measure } = report;
  const [was = 0, ...counts] = await countBacklog(ctx.db, {
    moments: [period.start, ...endsOf(report, time)],
    openNow: report.all(measure('open')).n,
    viewer: ctx.viewer,
  });
  const last = counts.at(-1) ?? 0;
  const key = last > was ? 'backlogGrew' : last < was ? 'backlogShrank' : 'backlogStayed';
  return presentAlong(
    {
      id: 'c-backlog',
      title: ctx.t(`reporting.chart.${key}`, { count: last, was }),
      sub: ctx.t('reporting.chart.backlog'),
      first: ctx.t(`reporting.dimension.${time.bucket}`),
      span: 5,
    },
    'lines',
    {
      ...time,
      say: (value) => sayValue(ctx, measure('open'), value),
      series: [{ name: ctx.t('reporting.measure.open'), values: counts }],
    },
  );
}

export function replyChart(report: Report, time: Time) {
  const { ctx, measure, all, before } = report;
  const reply = measure('firstReply');
  return presentAlong(
    {
      id: 'c-reply',
      title: sayConclusion(ctx, reply, { now: all(reply), before: all(reply, [], before) }),
      sub: ctx.t('reporting.chart.reply'),
      first: ctx.t(`reporting.dimension.${time.bucket}`),
      span: 7,
    },
    'lines',
    {
      ...time,
      say: (value) => sayValue(ctx, reply, value),
      series: [
        {
          name: ctx.t('reporting.median'),
          values: time.series(reply, { of: ({ median }) => median, empty: null }),
        },
        { name: ctx.t('reporting.p90'), values: time.series(reply, { of: ({ p90 }) => p90, empty: null }) },
      ],
    },
  );
}

async function solutionChart(report: Report) {
  const { ctx, measure, span } = report;
  const solution = measure('solution');
  const types = await byDimension(report, solution, { by: 'type', of: ({ median }) => median });
  const [longest] = types;
  return presentBars(
    {
      id: 'c-solution',
      title: longest
        ? ctx.t('reporting.chart.longest', {
            name: longest.name,
            value: sayValue(ctx, solution, longest.figure),
          })
        : ctx.t(solution.label),
      sub: ctx.t('reporting.chart.solution'),
      first: ctx.t('reporting.dimension.type'),
      span: 5,
    },
    {
      head: [ctx.t('reporting.median'), ctx.t('reporting.p90'), ctx.t('reporting.tickets')],
      bars: types.map(({ value, name, cell, figure }) => ({
        label: name,
        value: figure,
        text: sayValue(ctx, solution, figure),
        href: pathOf('/tickets', { ...span, measure: 'solution', f: [`type:${value}`] }),
        more: [sayValue(ctx, solution, cell.p90), sayValue(ctx, { unit: 'count' }, cell.n)],
      })),
    },
  );
}

/** Whose move it was while solved tickets waited. */
function moverChart(report: Report) {
  const { ctx, measure, all } = report;
  const movers = (['onUs', 'onCustomer', 'onOthers'] as const).map((key) => {
    const one = measure(key);
    const cell = all(one);
    return { key, label: ctx.t(one.label), sum: cell.sum, mean: cell.mean ?? 0, n: cell.n };
  });
  const whole = movers.reduce((sum, one) => sum + one.sum, 0);
  const [longest] = movers.toSorted((a, b) => b.sum - a.sum);
  const share = (sum: number) => sayValue(ctx, { unit: 'share' }, whole === 0 ? 0 : sum / whole);
  return presentBars(
    {
      id: 'c-mover',
      title:
        longest && whole > 0
          ? ctx.t(`reporting.chart.mover.${longest.key}`, { share: share(longest.sum) })
          : ctx.t('reporting.chart.mover'),
      sub: ctx.t('reporting.chart.mover.sub'),
      first: ctx.t('reporting.dimension.move'),
      span: 5,
    },
    {
      head: [ctx.t('reporting.mean'), ctx.t('reporting.share')],
      bars: (whole === 0 ? [] : movers).map(({ key, label, sum, mean }) => ({
        label,
        value: mean,
        text: sayValue(ctx, { unit: 'seconds' }, Math.round(mean)),
        cls: key === 'onUs' ? 'f1' : 'f5',
        more: [share(sum)],
      })),
    },
  );
}

const CHANNELS_MOST = 5;

async function channelChart(report: Report, time: Time) {
  const { ctx, measure, all } = report;
  const opened = measure('opened');
  const channels = await byDimension(report, opened, { by: 'channel', of: ({ n }) => n });
  const by = ['channel', time.bucket].flatMap((key) => report.dimension(key) ?? []);
  const counts = new Map(report.groups(opened, by).map(({ values, cell }) => [values.join(' '), cell.n]));
  const [largest] = channels;
  const whole = all(opened).n;
  return presentAlong(
    {
      id: 'c-channel',
      title: largest
        ? ctx.t('reporting.chart.channel', {
            name: largest.name,
            share: sayValue(ctx, { unit: 'share' }, whole === 0 ? 0 : largest.figure / whole),
          })
        : ctx.t('reporting.chart.channels'),
      sub: ctx.t('reporting.chart.channels'),
      first: ctx.t(`reporting.dimension.${time.bucket}`),
      span: 7,
    },
    'columns',
    {
      ...time,
      say: (value) => sayValue(ctx, opened, value),
      series: channels.slice(0, CHANNELS_MOST).map(({ value, name }) => ({
        name,
        values: time.buckets.map((one) => counts.get(`${value} ${one}`) ?? 0),
      })),
    },
  );
}
