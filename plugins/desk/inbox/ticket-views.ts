import { listTickets, type HostApp, type TicketCursor, type TicketOrder, type Viewer } from '@helpdesk/core';
import { filterOf, readView, viewParams, type TicketView } from './ticket-view.js';

export { navViews, type NavGroup, type NavEntry } from './nav-views.js';
export type { TicketView, ViewName } from './ticket-view.js';

/**
 * A view in one short word for other pages (`/desk/tickets/7?view=mine`): its name, and behind `~` what narrows it.
 * Encode it in addresses.
 */
export function printView(view: TicketView): string {
  const params = viewParams(view);
  params.delete('view');
  const rest = params.toString();
  return rest === '' ? view.name : `${view.name}~${rest}`;
}

/** The reverse; anything else is the list of all open tickets. */
export function parseView(text: string | undefined): TicketView {
  const [name = '', ...rest] = (text ?? '').slice(0, 1000).split('~');
  const params = new URLSearchParams(rest.join('~'));
  params.set('view', name);
  return readView(params);
}

/** The address of a view's list. */
export function viewHref(view: TicketView, extra: Readonly<Record<string, string>> = {}): string {
  const params = viewParams(view);
  for (const [name, value] of Object.entries(extra)) params.set(name, value);
  const search = params.toString();
  return search === '' ? '/desk/inbox' : `/desk/inbox?${search}`;
}

/** The address of a ticket that remembers the list it was opened from. */
export const ticketHref = (ticketId: number, view: TicketView): string =>
  `/desk/tickets/${ticketId}?view=${encodeURIComponent(printView(view))}`;

export interface Neighbours {
  readonly previous: number | null;
  readonly next: number | null;
}

/**
 * The tickets before and after one in the list it was opened from. Works from where the ticket stands now, even when
 * it has left the list.
 * @param viewQuery what `printView` wrote
 */
export async function neighbours(
  app: HostApp,
  viewer: Viewer,
  viewQuery: string,
  ticketId: number,
): Promise<Neighbours> {
  const view = parseView(viewQuery);
  const place = await placeOf(app, ticketId, view.order);
  if (!place) return { previous: null, next: null };
  const filter = filterOf(view, { agentId: viewer.agentId, now: app.now() });
  const list = { viewer, filter, order: view.order, limit: 1 };
  const [before, after] = await Promise.all([
    listTickets(app.db, { ...list, before: place }),
    listTickets(app.db, { ...list, after: place }),
  ]);
  return { previous: before.rows[0]?.id ?? null, next: after.rows[0]?.id ?? null };
}

const columns = {
  attention: 'attentionAt',
  newest: 'lastMessageAt',
  oldest: 'lastMessageAt',
  priority: 'priority',
} as const satisfies Record<TicketOrder, string>;

async function placeOf(app: HostApp, id: number, order: TicketOrder): Promise<TicketCursor | undefined> {
  const row: TicketCursor | undefined = await app
    .db('tickets')
    .where({ id })
    .first({ id: 'id', value: columns[order] });
  return row;
}
