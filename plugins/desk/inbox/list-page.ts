import { listTickets, type DeskContext, type TicketCounts } from '@helpdesk/core';
import { countOf, savedViewsOf } from './nav-views.js';
import { countsOf } from './counts-of.js';
import { groupRows } from './group-rows.js';
import { presentBulk } from './present-bulk.js';
import { presentEmpty } from './present-empty.js';
import { presentFilters } from './present-filters.js';
import { presentRow } from './present-row.js';
import { printCursor, readCursor } from './cursor.js';
import { readNames, type Names } from './read-names.js';
import { filterOf, homeOf, idOf, isNarrowed, readView, type TicketView } from './ticket-view.js';
import { parseView, printView, viewHref } from './ticket-views.js';
import { ticketTools } from './row-tools.js';

const PAGE = 50;

/** The list of tickets: a view with filters, in one order, a page at a time. */
export async function showList(ctx: DeskContext): Promise<void> {
  const { app, db, viewer, now } = ctx;
  const opened = await openView(ctx);
  const { view } = opened;
  const after = readCursor(ctx.query['after'], view.order);
  const list = listTickets(db, {
    viewer,
    filter: filterOf(view, { agentId: viewer.agentId, now }),
    order: view.order,
    limit: PAGE,
    ...(after ? { after } : {}),
  });
  const [{ rows, next }, names, counts] = await Promise.all([list, readNames(ctx), countsOf(app, viewer)]);
  const tools = await ticketTools(ctx, { view, names, ids: rows.map(({ id }) => id) });
  const isWhole = !after && !next;
  const narrowed = isNarrowed(view);
  const total = narrowed ? undefined : totalOf(view, counts);
  const title = opened.saved?.name ?? titleOf(ctx, view, names);
  const isCompact = ctx.agent.preferences.density === 'compact';
  await ctx.render('desk/inbox', {
    title,
    bar: total === undefined ? title : `${title} · ${total}`,
    heading: title,
    total: total ?? (isWhole && rows.length > 0 ? rows.length : undefined),
    isCompact,
    listHref: viewHref(view),
    rowUrl: `/desk/inbox/rows/{id}?from=${encodeURIComponent(printView(view))}`,
    back: printView(view),
    saved: presentSaved(ctx, opened),
    saveQuery: printView(view),
    canShare: ctx.can('views.share'),
    filters: await presentFilters(ctx, { view, names, isNarrowed: narrowed }),
    groups: groupRows(tools, rows, { showCounts: isWhole }),
    empty:
      rows.length === 0
        ? await presentEmpty(ctx, view, { isNarrowed: narrowed, isLater: after !== undefined })
        : null,
    pager: presentPager({ view, next, shown: rows.length, total: after ? undefined : total }),
    bulk: rows.length > 0 ? presentBulk(ctx, names) : null,
  });
}

/** One row of a list, for pages that are open; nothing when the viewer may not see the ticket or it has left the list. */
export async function showRow(ctx: DeskContext): Promise<void> {
  const { viewer, now } = ctx;
  const ticketId = idOf(ctx.params['id']);
  if (!ticketId) return ctx.noContent();
  const view = parseView(ctx.query['from']);
  const [{ rows }, names] = await Promise.all([
    listTickets(ctx.db, {
      viewer,
      filter: { ...filterOf(view, { agentId: viewer.agentId, now }), ids: [ticketId] },
      order: view.order,
      limit: 1,
    }),
    readNames(ctx),
  ]);
  const row = rows[0];
  if (!row) return ctx.noContent();
  const tools = await ticketTools(ctx, { view, names, ids: [ticketId] });
  await ctx.renderPartial('ticket/row', { ...presentRow(tools, row) });
}

interface Opened {
  readonly view: TicketView;
  readonly saved?: { readonly id: number; readonly name: string; readonly agentId: number | null };
}

async function openView(ctx: DeskContext): Promise<Opened> {
  const savedId = idOf(ctx.query['saved']);
  if (savedId) {
    const known = await savedViewsOf(ctx.app, ctx.viewer.agentId);
    const saved = known.find(({ id }) => id === savedId);
    if (saved) return { view: parseView(saved.query), saved };
  }
  const [, search = ''] = ctx.url.split('?', 2);
  return { view: readView(new URLSearchParams(search)) };
}

function totalOf(view: TicketView, counts: TicketCounts): number | undefined {
  const home = homeOf(view);
  if (!home) return countOf(view.name, counts);
  return (home.kind === 'line' ? counts.byLine : counts.byTeam).get(home.id) ?? 0;
}

function titleOf(ctx: DeskContext, view: TicketView, { lines, teams }: Names): string {
  const home = homeOf(view);
  const name = home && (home.kind === 'line' ? lines : teams).get(home.id);
  return name ?? ctx.t(`desk.inbox.view.${view.name}`);
}

function presentSaved(ctx: DeskContext, { saved }: Opened): Record<string, unknown> | null {
  if (!saved || (saved.agentId === null && !ctx.can('views.share'))) return null;
  return { id: saved.id, name: saved.name, isShared: saved.agentId === null };
}

function presentPager(page: {
  view: TicketView;
  next: Parameters<typeof printCursor>[0] | null;
  shown: number;
  total: number | undefined;
}): Record<string, unknown> | null {
  if (!page.next) return null;
  return {
    shown: page.shown,
    total: page.total,
    nextUrl: viewHref(page.view, { after: printCursor(page.next) }),
  };
}
