import type { Priority, StatusCategory, TicketFilter, TicketOrder } from '@helpdesk/core';

export const viewNames = [
  'mine',
  'unassigned',
  'mentions',
  'undecided',
  'snoozed',
  'all',
  'waiting',
  'solved',
] as const;
export type ViewName = (typeof viewNames)[number];
export const ticketOrders = [
  'attention',
  'newest',
  'oldest',
  'priority',
] as const satisfies readonly TicketOrder[];

/** What a list of tickets shows: a view, and what narrows it. */
export interface TicketView {
  readonly name: ViewName;
  readonly order: TicketOrder;
  readonly channel: readonly string[];
  readonly priority: readonly Priority[];
  readonly type: readonly string[];
  readonly status: readonly string[];
  readonly line: readonly number[];
  readonly team: readonly number[];
  readonly assignee?: number | 'me' | 'none';
  readonly tag?: number;
  readonly contact?: number;
  readonly organization?: number;
  /** Customers who wait longer than so many hours. */
  readonly waiting?: number;
}

/** The order in which a view is shown unless another is asked for. */
export const usualOrder = (name: ViewName): TicketOrder =>
  name === 'snoozed' || name === 'solved' ? 'newest' : 'attention';

/** A view as its parameters stand in the address of the list; what nobody can mean is left out. */
export function readView(params: URLSearchParams): TicketView {
  const one = (name: string) => params.get(name) ?? '';
  const name = viewNames.find((known) => known === one('view')) ?? 'all';
  const assignee = one('assignee');
  const view: { -readonly [K in keyof TicketView]: TicketView[K] } = {
    name,
    order: ticketOrders.find((known) => known === one('order')) ?? usualOrder(name),
    channel: words(params, 'channel'),
    priority: ids(params, 'priority').filter((n): n is Priority => n <= 4),
    type: words(params, 'type'),
    status: words(params, 'status'),
    line: ids(params, 'line'),
    team: ids(params, 'team'),
  };
  if (assignee === 'me' || assignee === 'none') view.assignee = assignee;
  else if (idOf(assignee)) view.assignee = idOf(assignee);
  for (const key of ['tag', 'contact', 'organization', 'waiting'] as const) {
    const id = idOf(one(key));
    if (id && (key !== 'waiting' || id <= 10_000)) view[key] = id;
  }
  return view;
}

/** The parameters of a view, as `readView` reads them; always in one order, so that equal views are equal texts. */
export function viewParams(view: TicketView): URLSearchParams {
  const params = new URLSearchParams();
  if (view.name !== 'all') params.set('view', view.name);
  for (const key of ['line', 'team', 'channel', 'priority', 'type', 'status'] as const)
    for (const value of view[key]) params.append(key, String(value));
  for (const key of ['assignee', 'tag', 'contact', 'organization', 'waiting'] as const)
    if (view[key] !== undefined) params.set(key, String(view[key]));
  if (view.order !== usualOrder(view.name)) params.set('order', view.order);
  return params;
}

/** The line or team that a view stands for when nothing else narrows it: such lists are in the menu. */
export function homeOf(view: TicketView): { kind: 'line' | 'team'; id: number } | undefined {
  if (view.name !== 'all' || view.line.length + view.team.length !== 1) return undefined;
  const [line] = view.line;
  const [team] = view.team;
  if (line !== undefined) return { kind: 'line', id: line };
  return team === undefined ? undefined : { kind: 'team', id: team };
}

/** Whether something narrows a view beyond what the menu leads to. */
export function isNarrowed(view: TicketView): boolean {
  const params = viewParams(view);
  for (const name of ['view', 'order']) params.delete(name);
  return params.size > (homeOf(view) ? 1 : 0);
}

/** Which tickets those are, for one agent now. */
export function filterOf(view: TicketView, { agentId, now }: { agentId: number; now: Date }): TicketFilter {
  const filter: TicketFilter = {
    channel: view.channel,
    priority: view.priority,
    type: view.type,
    status: view.status,
    lineId: view.line,
    teamId: view.team,
    ...fixed(view.name, agentId),
  };
  if (view.assignee !== undefined) filter.assignee ??= view.assignee === 'me' ? agentId : view.assignee;
  if (view.tag !== undefined) filter.tag = view.tag;
  if (view.contact !== undefined) filter.contactId = view.contact;
  if (view.organization !== undefined) filter.organizationId = view.organization;
  if (view.waiting !== undefined)
    filter.waitingBefore = new Date(now.getTime() - view.waiting * 3_600_000).toISOString();
  return filter;
}

function fixed(name: ViewName, agentId: number): TicketFilter {
  if (name === 'mine') return { bucket: 'open', assignee: agentId };
  if (name === 'unassigned') return { bucket: 'open', assignee: 'none' };
  if (name === 'mentions') return { bucket: 'any', mentions: agentId };
  if (name === 'undecided') return { bucket: 'any', isUndecided: true };
  if (name === 'snoozed') return { bucket: 'snoozed' };
  if (name === 'waiting') return { bucket: 'open', category: waiting };
  if (name === 'solved') return { bucket: 'done' };
  return { bucket: 'open' };
}

const waiting: readonly StatusCategory[] = ['waiting_customer'];
const MOST = 30;

function words(params: URLSearchParams, name: string): string[] {
  const given = params.getAll(name).filter((value) => /^[\w.-]{1,64}$/.test(value));
  return [...new Set(given)].slice(0, MOST);
}

function ids(params: URLSearchParams, name: string): number[] {
  const given = params
    .getAll(name)
    .map(idOf)
    .filter((id) => id !== undefined);
  return [...new Set(given)].slice(0, MOST);
}

/** A positive whole number as people and links write it. */
export const idOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
