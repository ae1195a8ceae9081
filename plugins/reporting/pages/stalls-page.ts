import type { DeskContext } from '@helpdesk/core';
import { drawMatrix } from '../charts/draw-matrix.js';
import { mapStalls, type Mover, type Stall } from '../query/map-stalls.js';
import { isTime, type Dimension } from '../query/dimensions.js';
import { readStays } from '../query/read-stays.js';
import type { Sources } from '../query/sources.js';
import { nameValues } from './name-values.js';
import { pathOf } from './paths.js';
import { presentBars } from './present-chart.js';
import { presentHead } from './present-head.js';
import { openReport, type Report } from './report.js';
import { sayValue } from './say-figure.js';

const MOVERS: readonly Mover[] = ['us', 'customer', 'others'];
const ROWS_MOST = 200;

/** Where tickets stand still: status by team by type, how long, what is stuck there now, and whose move it is. */
export async function stallsPage(ctx: DeskContext, sources: Sources): Promise<void> {
  const report = await openReport(ctx, sources, { wanted: () => [] });
  const mover = MOVERS.find((one) => one === ctx.query['mover']);
  const choices = sources.dimensions().filter(canStall);
  const by = choices.find(({ key }) => key === ctx.query['by']) ?? choices.find(({ key }) => key === 'type');
  if (!by) return;
  const { viewer, now } = ctx;
  const stays = await readStays(ctx.db, { viewer, now, since: report.period.start, by });
  const stalls = mapStalls(stays, { period: report.period, now });
  const shown = stalls.filter((stall) => !mover || stall.mover === mover);
  const query = { mover, by: by.key };
  const head = presentHead(report, { page: '/stalls', query });
  const named = await nameStalls(report, shown, by);
  const byName = ctx.t(by.label);
  await ctx.render(
    'reporting/stalls',
    {
      head: { ...head, csv: ctx.can('reporting.export') ? pathOf('/spells.csv', report.span) : undefined },
      movers: [undefined, ...MOVERS].map((one) => ({
        text: ctx.t(`reporting.mover.${one ?? 'all'}`),
        href: pathOf('/stalls', { ...report.span, ...query, mover: one }),
        on: one === mover,
      })),
      by: {
        name: 'by',
        kind: 'select',
        label: ctx.t('reporting.stalls.by'),
        options: choices.map(({ key, label }) => ({
          value: key,
          label: ctx.t(label),
          selected: key === by.key,
        })),
      },
      charts: named.length === 0 ? [] : [presentStalls(report, named)],
      map: drawMap(report, named, byName),
      table: presentTable(report, named, by),
      isEmpty: named.length === 0,
    },
    { page: { styles: head.styles } },
  );
}

// A place is a status and a team already; a ticket with several tags would be in several.
const NOT_FOR_STALLS = ['team', 'status', 'move', 'tag', 'contact'];
const canStall = (one: Dimension): boolean => !isTime(one) && !NOT_FOR_STALLS.includes(one.key);

type Named = Stall & { readonly name: string; readonly typeName: string };

async function nameStalls(
  { ctx, dimension }: Report,
  stalls: readonly Stall[],
  by: Dimension,
): Promise<Named[]> {
  const read = async (one: Dimension | undefined, value: (stall: Stall) => string) =>
    one ? nameValues(ctx, one, [...new Set(stalls.map(value))]) : new Map<string, string>();
  const teamOf = ({ teamId }: Stall) => (teamId === null ? '' : String(teamId));
  const [statuses, teams, types] = await Promise.all([
    read(dimension('status'), ({ status }) => status),
    read(dimension('team'), teamOf),
    read(by, ({ value }) => value),
  ]);
  return stalls.map((stall) => {
    const team = stall.teamId === null ? ctx.t('reporting.noTeam') : (teams.get(teamOf(stall)) ?? '');
    return {
      ...stall,
      name: `${statuses.get(stall.status) ?? stall.status} · ${team}`,
      typeName: types.get(stall.value) ?? '',
    };
  });
}

const MAP_ROWS = 14;
const MAP_COLUMNS = 8;

/** Places by type, the fuller the longer nine of ten stays last. */
function drawMap({ ctx }: Report, stalls: readonly Named[], by: string) {
  const ended = stalls.filter(({ stays }) => stays.n > 0);
  const types = [...new Set(ended.map(({ typeName }) => typeName))].slice(0, MAP_COLUMNS);
  const places = [...new Set(ended.map(({ name }) => name))].slice(0, MAP_ROWS);
  const rows = places.map((label) => ({
    label,
    cells: types.map((type) => {
      const p90 = ended.find(({ name, typeName }) => name === label && typeName === type)?.stays.p90 ?? null;
      return p90 === null ? null : { value: p90, text: sayShort(ctx, p90) };
    }),
  }));
  return rows.length === 0
    ? undefined
    : { title: ctx.t('reporting.stalls.map', { by }), pictures: drawMatrix(rows, types, 1060) };
}

/** By the largest unit alone: there is little room in a cell. */
const sayShort = (ctx: Report['ctx'], seconds: number): string =>
  sayValue(ctx, { unit: 'seconds' }, seconds).split(' ')[0] ?? '';

const COLOURS: Readonly<Record<Mover, string>> = { us: 'f1', customer: 'f5', others: 'f4' };

function presentStalls({ ctx }: Report, stalls: readonly Named[]) {
  const slowest = stalls.filter(({ stays }) => stays.n > 0);
  const stuck = stalls.reduce((sum, one) => sum + one.overdue, 0);
  const [first] = slowest;
  return presentBars(
    {
      id: 'c-stalls',
      title: first
        ? ctx.t('reporting.stalls.worst', { name: first.name, type: first.typeName, count: stuck })
        : ctx.t('reporting.page.stalls'),
      sub: ctx.t('reporting.stalls.sub'),
      first: ctx.t('reporting.stalls.place'),
      span: 12,
    },
    {
      head: [ctx.t('reporting.p90'), ctx.t('reporting.median')],
      bars: slowest.slice(0, 12).map(({ name, typeName, stays, mover }) => ({
        label: `${name} · ${typeName}`,
        value: stays.p90 ?? 0,
        text: sayValue(ctx, { unit: 'seconds' }, stays.p90),
        cls: COLOURS[mover],
        more: [sayValue(ctx, { unit: 'seconds' }, stays.median)],
      })),
    },
  );
}

function presentTable({ ctx }: Report, stalls: readonly Named[], by: Dimension) {
  const seconds = (value: number | null) => ({ text: sayValue(ctx, { unit: 'seconds' }, value) });
  const count = (value: number) => sayValue(ctx, { unit: 'count' }, value);
  const columns = ['mover', 'stays', 'median', 'p90', 'stuck', 'overdue', 'longest'];
  return {
    caption: ctx.t('reporting.page.stalls'),
    head: [
      ctx.t('reporting.stalls.place'),
      ctx.t(by.label),
      ...columns.map((key) => ctx.t(`reporting.stalls.${key}`)),
    ],
    rows: stalls.slice(0, ROWS_MOST).map((stall) => ({
      head: stall.name,
      cells: [
        { text: stall.typeName },
        { text: ctx.t(`reporting.mover.${stall.mover}`) },
        { text: count(stall.stays.n) },
        seconds(stall.stays.median),
        seconds(stall.stays.p90),
        {
          text: count(stall.stuck),
          href:
            stall.stuck === 0
              ? undefined
              : pathOf('/tickets', {
                  measure: 'open',
                  f: [`status:${stall.status}`, `team:${stall.teamId ?? ''}`, `${by.key}:${stall.value}`],
                }),
        },
        { text: count(stall.overdue) },
        stall.stuck === 0 ? { text: '—' } : seconds(stall.longest),
      ],
    })),
    more:
      stalls.length > ROWS_MOST
        ? ctx.t('reporting.moreInCsv', { count: stalls.length - ROWS_MOST })
        : undefined,
  };
}
