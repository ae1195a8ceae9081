import {
  findContact,
  findOrganization,
  isError,
  listOrganizations,
  type DeskContext,
  type OrganizationRecord,
  type Priority,
} from '@helpdesk/core';
import { priorityWord } from './present-row.js';
import type { Names } from './read-names.js';
import { remember } from './remember.js';
import { homeOf, ticketOrders, usualOrder, type TicketView } from './ticket-view.js';
import { viewHref } from './ticket-views.js';

interface Option {
  readonly value: string;
  readonly label: string;
  readonly icon?: string;
  readonly person?: { readonly name: string; readonly me?: boolean };
}
interface Chip {
  readonly text: string;
  readonly removeUrl: string;
}
interface Given {
  readonly view: TicketView;
  readonly names: Names;
  readonly isNarrowed: boolean;
}

const hours = [1, 4, 8, 24, 72, 168];
const allPriorities: readonly Priority[] = [4, 3, 2, 1];

/** The filters as `ticket/filters` prints them. */
export async function presentFilters(ctx: DeskContext, given: Given): Promise<Record<string, unknown>> {
  const { view, names, isNarrowed } = given;
  const options = optionsOf(ctx, names);
  const organizations = await organizationsFor(ctx, view);
  const more = [
    field(ctx, 'type', options.type, view.type[0]),
    field(ctx, 'status', options.status, view.status[0]),
    field(ctx, 'line', options.line, view.line[0]),
    field(ctx, 'team', options.team, view.team[0]),
    field(ctx, 'tag', options.tag, view.tag),
    field(ctx, 'waiting', options.waiting, view.waiting),
    field(ctx, 'organization', organizations.map(named), view.organization),
  ].filter(({ options: list }) => list.length > 0);
  return {
    action: '/desk/inbox',
    keep: keptOf(view),
    filters: [
      menu(ctx, 'channel', options.channel, view.channel),
      { ...menu(ctx, 'assignee', options.assignee, [view.assignee ?? '']), kind: 'one' },
      menu(ctx, 'priority', options.priority, view.priority),
    ],
    more,
    moreActive: more.some(({ options: list }) => list.some(({ selected }) => selected)),
    active: await chipsOf(ctx, { ...given, options, organizations }),
    clearUrl: isNarrowed ? viewHref(cleared(view)) : undefined,
    order: {
      label: ctx.t(`desk.inbox.order.${view.order}`),
      options: ticketOrders.map((order) => ({
        label: ctx.t(`desk.inbox.order.${order}`),
        href: viewHref({ ...view, order }),
        current: order === view.order,
      })),
    },
  };
}

/** The first by name to choose from, and the chosen one wherever it stands: the form sends it again. */
async function organizationsFor(
  { app, db }: DeskContext,
  { organization }: TicketView,
): Promise<readonly OrganizationRecord[]> {
  const first = await remember(app, 'organizations', () => listOrganizations(db));
  if (organization === undefined || first.some(({ id }) => id === organization)) return first;
  const chosen = await findOrganization(db, organization).catch((error: unknown) => {
    if (isError(error, 'ORGANIZATION_UNKNOWN')) return undefined;
    throw error;
  });
  return chosen ? [...first, chosen] : first;
}

const named = ({ id, name }: { id: number; name: string }): Option => ({ value: String(id), label: name });
const keyed = ({ key, name }: { key: string; name: string }): Option => ({ value: key, label: name });
const ofMap = (map: ReadonlyMap<number, string>): Option[] =>
  [...map].map(([id, name]) => named({ id, name }));

function optionsOf(ctx: DeskContext, names: Names) {
  const { viewer, t } = ctx;
  const person = ({ id, name }: { id: number; name: string }): Option => ({
    ...named({ id, name }),
    person: { name },
  });
  const me = { value: 'me', label: t('desk.inbox.me'), person: { name: ctx.agent.name, me: true } };
  const lines = [...names.lines].filter(([id]) => viewer.lineIds === 'all' || viewer.lineIds.includes(id));
  return {
    channel: [...ctx.app.channels.values()].map(({ id, title, icon }) => ({
      value: id,
      label: t(title),
      icon,
    })),
    assignee: [
      me,
      { value: 'none', label: t('desk.inbox.nobody') },
      ...names.people.filter(({ id }) => id !== viewer.agentId).map(person),
    ],
    priority: allPriorities.map((n) => ({ value: String(n), label: t(`ui.prio.${priorityWord(n)}`) })),
    type: names.types.map(keyed),
    status: names.statuses.map(keyed),
    line: ofMap(new Map(lines)),
    team: ofMap(names.teams),
    tag: names.tags.map(named),
    waiting: hours.map((n) => ({
      value: String(n),
      label: t('desk.inbox.longer', { span: hoursIn(ctx, n) }),
    })),
  };
}

const hoursIn = (ctx: DeskContext, n: number) =>
  n < 24 ? ctx.t('desk.inbox.hours', { count: n }) : ctx.t('desk.inbox.days', { count: n / 24 });

const menu = (ctx: DeskContext, name: string, options: readonly Option[], chosen: readonly unknown[]) => {
  const values = new Set(chosen.map(String));
  return {
    name,
    label: ctx.t(`desk.inbox.filter.${name}`),
    kind: 'many',
    isActive: options.some(({ value }) => values.has(value)),
    options: options.map((option) => ({ ...option, selected: values.has(option.value) })),
  };
};

const field = (
  ctx: DeskContext,
  name: string,
  options: readonly Option[],
  chosen: string | number | undefined,
) => ({
  name,
  label: ctx.t(`desk.inbox.filter.${name}`),
  options: options.map((option) => ({ ...option, selected: String(chosen) === option.value })),
});

/** What the form must not lose: the view, the order, and the contact, which has no field. */
function keptOf(view: TicketView): { name: string; value: string }[] {
  const kept: { name: string; value: string }[] = [{ name: 'view', value: view.name }];
  if (view.order !== usualOrder(view.name)) kept.push({ name: 'order', value: view.order });
  if (view.contact !== undefined) kept.push({ name: 'contact', value: String(view.contact) });
  return kept;
}

/** Without filters, in the same order; the list of a line stays that of the line. */
const cleared = (view: TicketView): TicketView => ({
  name: view.name,
  order: view.order,
  channel: [],
  priority: [],
  type: [],
  status: [],
  line: homeOf(view)?.kind === 'line' ? view.line : [],
  team: homeOf(view)?.kind === 'team' ? view.team : [],
});

const lists = ['channel', 'priority', 'type', 'status', 'line', 'team'] as const;
const singles = ['assignee', 'tag', 'waiting'] as const;

/** Filters that are on, each with a link that takes it off. */
async function chipsOf(
  ctx: DeskContext,
  {
    view,
    options,
    organizations,
  }: Given & {
    readonly options: ReturnType<typeof optionsOf>;
    readonly organizations: readonly OrganizationRecord[];
  },
): Promise<Chip[]> {
  const chips: Chip[] = [];
  const labelOf = (name: (typeof lists)[number] | (typeof singles)[number], value: string) =>
    (options[name] as readonly Option[]).find((option) => option.value === value)?.label ?? value;
  const home = homeOf(view);
  for (const name of lists)
    for (const value of view[name]) {
      // The list of a line says so in its heading.
      if (name === home?.kind) continue;
      const rest = (view[name] as readonly unknown[]).filter((other) => other !== value);
      chips.push({ text: labelOf(name, String(value)), removeUrl: viewHref({ ...view, [name]: rest }) });
    }
  for (const name of singles) {
    const { [name]: value, ...rest } = view;
    if (value !== undefined) chips.push({ text: labelOf(name, String(value)), removeUrl: viewHref(rest) });
  }
  return [...chips, ...(await customerChips(ctx, view, organizations))];
}

async function customerChips(
  { db, can }: DeskContext,
  view: TicketView,
  organizations: readonly OrganizationRecord[],
): Promise<Chip[]> {
  const chips: Chip[] = [];
  const { contact, ...withoutContact } = view;
  if (contact !== undefined) {
    const found = can('contacts.read') ? await findContact(db, contact).catch(() => undefined) : undefined;
    chips.push({ text: found?.name ?? String(contact), removeUrl: viewHref(withoutContact) });
  }
  const { organization, ...withoutOrganization } = view;
  if (organization !== undefined) {
    const name = organizations.find(({ id }) => id === organization)?.name ?? String(organization);
    chips.push({ text: name, removeUrl: viewHref(withoutOrganization) });
  }
  return chips;
}
