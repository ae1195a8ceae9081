import type { DeskContext } from '@helpdesk/core';
import { isOfCases } from '../query/measures.js';
import type { Sources } from '../query/sources.js';
import { nameValues } from './name-values.js';
import { pathOf } from './paths.js';
import { presentHead } from './present-head.js';
import { findMeasure, openReport, readFilters, toTexts } from './report.js';
import { sayValue } from './say-figure.js';

const PAGE = 100;

/** The tickets behind a figure, the largest values first; what may happen to one several times stands once for each. */
export async function ticketsPage(ctx: DeskContext, sources: Sources): Promise<void> {
  const measure = findMeasure(sources, ctx.query['measure'] ?? 'opened');
  const filters = readFilters(ctx, sources);
  const wanted = () => [{ measure: measure.key, withIds: true }];
  const report = await openReport(ctx, sources, { wanted, filters });
  const { hits, slice } = report.hits(measure, filters);
  const found = hits
    .map(({ row, value }) => ({ value, ticketId: slice.ticketIds[row] ?? 0, at: slice.at[row] ?? 0 }))
    .toSorted((a, b) => b.value - a.value || b.ticketId - a.ticketId || b.at - a.at);
  const from = Math.max(0, Math.min(found.length, Number.parseInt(ctx.query['after'] ?? '0', 10) || 0));
  const shown = found.slice(from, from + PAGE);
  const tickets = await readTickets(
    ctx,
    shown.map(({ ticketId }) => ticketId),
  );
  const query = { ...report.span, measure: measure.key, f: toTexts(filters) };
  const head = presentHead(report, { page: '/tickets', query });
  const chips = [];
  for (const { dimension, value } of filters) {
    const names = await nameValues(ctx, dimension, [value]);
    chips.push(`${ctx.t(dimension.label)}: ${names.get(value) ?? value}`);
  }
  const isCount = measure.by === 'count';
  await ctx.render(
    'reporting/tickets',
    {
      head,
      heading: ctx.t(measure.label),
      chips,
      count: ctx.t(isOfCases(measure) ? 'reporting.casesFound' : 'reporting.ticketsFound', {
        count: found.length,
      }),
      back: pathOf('/explore', query),
      valueName: isCount ? undefined : ctx.t(measure.label),
      tickets: shown.map(({ ticketId, value, at }) => ({
        href: `/desk/tickets/${ticketId}`,
        ...tickets.get(ticketId),
        at: new Date(at).toISOString(),
        value: isCount ? undefined : sayValue(ctx, measure, value),
      })),
      pager: {
        shown: Math.min(from + PAGE, found.length),
        total: found.length,
        prevUrl:
          from > 0 ? pathOf('/tickets', { ...query, after: String(Math.max(0, from - PAGE)) }) : undefined,
        nextUrl:
          from + PAGE < found.length
            ? pathOf('/tickets', { ...query, after: String(from + PAGE) })
            : undefined,
      },
    },
    { page: { styles: head.styles } },
  );
}

/** Only such as the reader may see are asked for. */
async function readTickets({ db }: DeskContext, ids: readonly number[]) {
  const rows: { id: number; number: number; subject: string }[] = await db('tickets')
    .whereIn('id', [...new Set(ids)])
    .select('id', 'number', 'subject');
  return new Map(rows.map(({ id, number, subject }) => [id, { number, subject }]));
}
