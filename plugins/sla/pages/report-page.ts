import type { DeskContext } from '@helpdesk/core';
import type { Knex } from 'knex';
import { countKept, listMissed, type Kept } from '../report/count-kept.js';
import { writeCsv } from '../report/write-csv.js';
import { TARGETS } from '../rules/policy.js';
import { addDays, momentsOf, readPeriod, startOfDay, type Period } from './days.js';
import { labelOf, readNames, sayOf, type Names, type Say } from './names.js';
import { sharesOf } from './present-trial.js';
import { page, REPORT, SLA, type SlaPages } from './sla-pages.js';

const STEPS = ['day', 'week', 'month'] as const;
type Step = (typeof STEPS)[number];
const PIECES_MOST = 120;

interface Piece {
  /** Its first day. */
  readonly day: string;
  readonly kept: readonly Kept[];
}

/** How much was in time: by period, team, segment and priority. */
export async function reportPage(ctx: DeskContext, pages: SlaPages): Promise<void> {
  const { t, names, period, step, pieces } = await readReport(ctx, pages);
  const all = pieces.flatMap(({ kept }) => kept);
  const link = (more: Readonly<Record<string, string>>) =>
    `${REPORT}/late?${new URLSearchParams({ ...period, ...more }).toString()}`;
  const group = (by: 'team' | 'segment' | 'priority', keyOf: (kept: Kept) => number | null) => ({
    title: t(`sla.report.${by}`),
    rows: [...new Set(all.map(keyOf))].map((key) => ({
      label: keyLabel(by, key, { t, names }),
      href: link({ [by]: String(key ?? 'none') }),
      cells: sharesOf(all.filter((kept) => keyOf(kept) === key)),
    })),
  });
  await ctx.render(
    'sla/report',
    {
      action: REPORT,
      csvUrl: `${REPORT}.csv?${new URLSearchParams({ ...period, by: step }).toString()}`,
      ...period,
      steps: STEPS.map((value) => ({ value, label: t(`sla.report.by.${value}`), selected: value === step })),
      targets: TARGETS.map((kind) => ({ label: t(`sla.target.${kind}`) })),
      isEmpty: all.length === 0,
      groups: [
        {
          title: t('sla.report.period'),
          rows: [
            { label: t('sla.report.all'), href: link({}), cells: sharesOf(all) },
            ...pieces
              .filter(({ kept }) => kept.length > 0)
              .map(({ day, kept }) => ({ day: begin(day, ctx), cells: sharesOf(kept) })),
          ],
        },
        ...presentAreas(all, { t, names, link }),
        group('team', ({ teamId }) => teamId),
        group('segment', ({ segmentId }) => segmentId),
        group('priority', ({ priority }) => priority),
      ],
    },
    { page },
  );
}

const AREAS = 10;

/** Teams, segments and priorities taken together, those with most that was late first. */
function presentAreas(
  all: readonly Kept[],
  { t, names, link }: { t: Say; names: Names; link: (more: Readonly<Record<string, string>>) => string },
) {
  const areas = new Map<string, Kept[]>();
  for (const kept of all) {
    const key = `${kept.teamId} ${kept.segmentId} ${kept.priority}`;
    areas.set(key, [...(areas.get(key) ?? []), kept]);
  }
  const missed = (area: readonly Kept[]) => area.reduce((sum, { met, total }) => sum + total - met, 0);
  const rows = [...areas.values()]
    .filter((area) => missed(area) > 0)
    .toSorted((a, b) => missed(b) - missed(a))
    .slice(0, AREAS)
    .flatMap((area) => {
      const [first] = area;
      if (!first) return [];
      const { teamId, segmentId, priority } = first;
      const keys = { team: teamId, segment: segmentId, priority };
      const by = ['team', 'segment', 'priority'] as const;
      return {
        label: by.map((one) => keyLabel(one, keys[one], { t, names })).join(' · '),
        href: link(Object.fromEntries(by.map((one) => [one, String(keys[one] ?? 'none')]))),
        cells: sharesOf(area),
      };
    });
  return rows.length === 0 ? [] : [{ title: t('sla.report.areas'), rows }];
}

export async function reportCsv(ctx: DeskContext, pages: SlaPages): Promise<void> {
  const { t, names, pieces } = await readReport(ctx, pages);
  const head = ['period', 'team', 'segment', 'priority'].map((key) => t(`sla.report.${key}`));
  const columns = [...head, t('sla.report.target'), t('sla.report.met'), t('sla.report.total')];
  const rows = pieces.flatMap(({ day, kept }) =>
    kept.map(({ teamId, segmentId, priority, kind, met, total }) => [
      day,
      keyLabel('team', teamId, { t, names }),
      keyLabel('segment', segmentId, { t, names }),
      keyLabel('priority', priority, { t, names }),
      t(`sla.target.${kind}`),
      String(met),
      String(total),
    ]),
  );
  ctx.send(writeCsv([columns, ...rows]), {
    type: 'text/csv; charset=utf-8',
    headers: { 'content-disposition': 'attachment; filename="sla.csv"' },
  });
}

/** The late tickets behind a number of the report. */
export async function latePage(ctx: DeskContext, { app, segments }: SlaPages): Promise<void> {
  const t = sayOf(ctx);
  const names = await readNames(app, t, segments());
  const period = readPeriod(ctx.query, ctx);
  const wanted = (['team', 'segment', 'priority'] as const).flatMap((by) => {
    const value = ctx.query[by];
    return value !== undefined && /^(none|[1-9]\d{0,14})$/.test(value)
      ? [{ by, key: value === 'none' ? null : Number(value) }]
      : [];
  });
  const columns = {
    team: 'sla_clocks.teamId',
    segment: 'segmentId',
    priority: 'sla_clocks.priority',
  } as const;
  const narrow = (query: Knex.QueryBuilder) => {
    for (const { by, key } of wanted)
      void (key === null ? query.whereNull(columns[by]) : query.where(columns[by], key));
  };
  const asked = { ...momentsOf(period, ctx.timeZone), now: ctx.now, viewer: ctx.viewer };
  const late = await listMissed(ctx.db, asked, narrow);
  await ctx.render(
    'sla/late',
    {
      backUrl: `${REPORT}?${new URLSearchParams({ ...period }).toString()}`,
      from: begin(period.from, ctx),
      to: begin(period.to, ctx),
      filters: wanted.map(({ by, key }) => `${t(`sla.report.${by}`)}: ${keyLabel(by, key, { t, names })}`),
      late: late.map(({ ticketId, endedAt, kind, ...one }) => ({
        ...one,
        endedAt: endedAt ?? undefined,
        target: t(`sla.target.${kind}`),
        href: `${SLA}/tickets/${ticketId}`,
      })),
    },
    { page },
  );
}

async function readReport(ctx: DeskContext, { app, segments }: SlaPages) {
  const t = sayOf(ctx);
  const names = await readNames(app, t, segments());
  const period = readPeriod(ctx.query, ctx);
  const step = STEPS.find((one) => one === ctx.query['by']) ?? 'week';
  const pieces: Piece[] = [];
  for (const part of cut(period, step)) {
    const moments = {
      from: startOfDay(part.from, ctx.timeZone),
      to: startOfDay(addDays(part.to, 1), ctx.timeZone),
    };
    pieces.push({
      day: part.from,
      kept: await countKept(ctx.db, { ...moments, now: ctx.now, viewer: ctx.viewer }),
    });
  }
  return { t, names, period, step, pieces };
}

const begin = (day: string, { timeZone }: DeskContext) => new Date(startOfDay(day, timeZone)).toISOString();

/** A period in days, weeks from Monday, or months; the first and the last may be shorter. */
export function cut({ from, to }: Period, step: Step): Period[] {
  const parts: Period[] = [];
  for (let day = from; day <= to && parts.length < PIECES_MOST;) {
    const last = parts.length === PIECES_MOST - 1 ? to : lastDayOf(day, step);
    parts.push({ from: day, to: last < to ? last : to });
    day = addDays(last, 1);
  }
  return parts;
}

function lastDayOf(day: string, step: Step): string {
  if (step === 'day') return day;
  const at = new Date(`${day}T00:00:00Z`);
  if (step === 'week') return addDays(day, (7 - at.getUTCDay()) % 7);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
}

function keyLabel(
  by: 'team' | 'segment' | 'priority',
  key: number | null,
  { t, names }: { t: Say; names: Names },
): string {
  if (by === 'priority') return t(`sla.priority.${key ?? 2}`);
  if (key === null) return t(by === 'team' ? 'sla.noTeam' : 'sla.noSegment');
  return labelOf(by === 'team' ? names.teams : names.segments, String(key));
}
