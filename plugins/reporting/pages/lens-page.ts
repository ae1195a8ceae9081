import type { DeskContext } from '@helpdesk/core';
import { compareGroups, ENOUGH, type Comparison } from '../query/compare-groups.js';
import { isTime, type Dimension } from '../query/dimensions.js';
import { figureOf } from '../query/figures.js';
import type { Measure } from '../query/measures.js';
import type { Sources } from '../query/sources.js';
import { byDimension } from './chart-series.js';
import { pathOf } from './paths.js';
import { presentHead } from './present-head.js';
import { openReport, type Report } from './report.js';
import { sayCell, sayStep, sayValue } from './say-figure.js';

const GROUPS_MOST = 5;
const CHOICES_MOST = 40;

/** Two or more groups side by side, the largest differences first. */
export async function lensPage(ctx: DeskContext, sources: Sources): Promise<void> {
  const dimensions = sources.dimensions().filter((one) => !isTime(one));
  const by = dimensions.find(({ key }) => key === ctx.query['by']) ?? firstChoice(dimensions);
  const measures = sources.measures();
  const wanted = () => measures.map(({ key }) => ({ measure: key, by: by ? [by.key] : [] }));
  const report = await openReport(ctx, sources, { wanted });
  const choices = by
    ? await byDimension(report, report.measure('opened'), { by: by.key, of: ({ n }) => n })
    : [];
  const chosen = choose(
    ctx,
    choices.map(({ value }) => value),
  );
  const groups = chosen.flatMap((value) => choices.find((one) => one.value === value) ?? []);
  const compared = by
    ? compareGroups(measures, { groupsOf: (measure) => report.groups(measure, [by]), values: chosen })
    : [];
  const query = { ...report.span, by: by?.key, g: chosen };
  const head = presentHead(report, { page: '/lens', query });
  await ctx.render(
    'reporting/lens',
    {
      head,
      dimension: {
        name: 'by',
        kind: 'select',
        label: ctx.t('reporting.lens.by'),
        options: dimensions.map(({ key, label }) => ({
          value: key,
          label: ctx.t(label),
          selected: key === by?.key,
        })),
      },
      groups: choices.slice(0, CHOICES_MOST).map(({ value, name, figure }) => ({
        value,
        name,
        count: ctx.t('reporting.ticketsFound', { count: figure }),
        checked: chosen.includes(value),
      })),
      conclusion: concludeFrom(report, { compared, groups }),
      table: by ? presentTable(report, { compared, groups, by }) : undefined,
      isEmpty: groups.length < 2,
    },
    { page: { styles: head.styles } },
  );
}

/** Segments when a plugin has them, else lines. */
function firstChoice(dimensions: readonly Dimension[]): Dimension | undefined {
  return (
    dimensions.find(({ key }) => key.endsWith('.segment')) ?? dimensions.find(({ key }) => key === 'line')
  );
}

/** What the address names, else the two largest groups. */
function choose({ queryAll }: DeskContext, values: readonly string[]): string[] {
  const asked = [...new Set(queryAll('g'))].filter((value) => values.includes(value));
  // Those without a value are worth a look when somebody asks for them.
  const named = values.filter((value) => value !== '');
  const largest = (named.length < 2 ? values : named).slice(0, 2);
  return (asked.length > 0 ? asked : largest).slice(0, GROUPS_MOST);
}

/** Of shares in points, of all else as a share of the larger figure. */
function sayDistance(ctx: DeskContext, measure: Measure, distance: number | null): string {
  if (distance === null || measure.unit !== 'share') return sayValue(ctx, { unit: 'share' }, distance);
  return sayStep(ctx, measure, distance);
}

interface Shown {
  readonly compared: readonly Comparison[];
  readonly groups: readonly { readonly value: string; readonly name: string }[];
}

/** "Solution differs most: 4 h for VIP, 14 h for B". */
function concludeFrom({ ctx }: Report, { compared, groups }: Shown): string {
  const [first] = compared;
  if (!first || first.distance === null || first.distance === 0) return ctx.t('reporting.lens.none');
  const ranked = first.cells
    .flatMap((cell, i) => {
      const figure = cell.n < ENOUGH ? null : figureOf(first.measure, cell);
      return figure === null
        ? []
        : [{ figure, name: groups[i]?.name ?? '', text: sayCell(ctx, first.measure, cell) }];
    })
    .toSorted((a, b) => a.figure - b.figure);
  const [low, high] = [ranked[0], ranked.at(-1)];
  return ctx.t('reporting.lens.most', {
    measure: ctx.t(first.measure.label),
    low: low?.name,
    lowValue: low?.text,
    high: high?.name,
    highValue: high?.text,
  });
}

function presentTable(report: Report, { compared, groups, by }: Shown & { by: Dimension }) {
  const { ctx, span } = report;
  return {
    caption: ctx.t('reporting.page.lens'),
    head: [ctx.t('reporting.measure'), ...groups.map(({ name }) => name), ctx.t('reporting.lens.distance')],
    rows: compared.map(({ measure, cells, distance }) => ({
      head: ctx.t(measure.label),
      cells: [
        ...cells.map((cell, i) => ({
          text: sayCell(ctx, measure, cell),
          href:
            cell.n === 0
              ? undefined
              : pathOf('/tickets', {
                  ...span,
                  measure: measure.key,
                  f: [`${by.key}:${groups[i]?.value ?? ''}`],
                }),
        })),
        { text: sayDistance(ctx, measure, distance) },
      ],
    })),
  };
}
