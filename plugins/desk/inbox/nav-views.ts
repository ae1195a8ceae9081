import {
  listLines,
  listTeams,
  listViews,
  type DeskContext,
  type HostApp,
  type SavedViewRecord,
  type TicketCounts,
} from '@helpdesk/core';
import { countsOf } from './counts-of.js';
import { remember } from './remember.js';
import { viewNames, type ViewName } from './ticket-view.js';

export interface NavEntry {
  readonly key: string;
  readonly label: string;
  readonly icon: string;
  readonly href: string;
  readonly count?: number;
  /** The count wants action. */
  readonly hot?: boolean;
  readonly current?: boolean;
}
/** One part of the menu, as `nav/sidebar` prints it. */
export interface NavGroup {
  readonly key: string;
  readonly title?: string;
  readonly items: readonly NavEntry[];
}

const icons: Record<ViewName, string> = {
  mine: 'user',
  unassigned: 'inbox',
  mentions: 'at',
  undecided: 'alert',
  snoozed: 'snooze',
  all: 'list',
  waiting: 'pause',
  solved: 'check',
};

export const savedViewsOf = (app: HostApp, agentId: number): Promise<SavedViewRecord[]> =>
  remember(app, `views ${agentId}`, () => listViews(app.db, agentId));
export const linesOf = (app: HostApp) => remember(app, 'lines', () => listLines(app.db));
export const teamsOf = (app: HostApp) => remember(app, 'teams', () => listTeams(app.db));

/** The lists that somebody has in the menu: the personal ones, lines, teams, saved views. */
export async function navViews(ctx: DeskContext): Promise<NavGroup[]> {
  const { app, viewer } = ctx;
  const [counts, lines, teams, saved] = await Promise.all([
    countsOf(app, viewer),
    linesOf(app),
    teamsOf(app),
    savedViewsOf(app, viewer.agentId),
  ]);
  const current = currentKey(ctx);
  const entry = (item: NavEntry): NavEntry => (item.key === current ? { ...item, current: true } : item);
  const mine = new Set(ctx.agent.teamIds);
  const groups: NavGroup[] = [
    { key: 'views', items: shownViews(counts, current).map((name) => entry(viewEntry(ctx, name, counts))) },
    {
      key: 'lines',
      title: ctx.t('desk.inbox.nav.lines'),
      items: lines
        .filter(({ id }) => viewer.lineIds === 'all' || viewer.lineIds.includes(id))
        .map(({ id, name }) =>
          entry({ ...place('line', id), label: name, icon: 'headset', count: counts.byLine.get(id) ?? 0 }),
        ),
    },
    {
      key: 'teams',
      title: ctx.t('desk.inbox.nav.teams'),
      items: teams
        .filter(({ id }) => viewer.lineIds === 'all' || mine.has(id))
        .map(({ id, name }) =>
          entry({ ...place('team', id), label: name, icon: 'users', count: counts.byTeam.get(id) ?? 0 }),
        ),
    },
    {
      key: 'saved',
      title: ctx.t('desk.inbox.nav.saved'),
      items: saved.map(({ id, name, agentId }) =>
        entry({ ...place('saved', id), label: name, icon: agentId === null ? 'users' : 'saved' }),
      ),
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

/** What hardly ever happens takes no place in the menu until it does. */
const shownViews = (counts: TicketCounts, current: string | undefined) =>
  viewNames.filter((name) => name !== 'undecided' || counts.undecided > 0 || current === name);

const place = (kind: 'line' | 'team' | 'saved', id: number) => ({
  key: `${kind}-${id}`,
  href: `/desk/inbox?${kind}=${id}`,
});

function viewEntry(ctx: DeskContext, name: ViewName, counts: TicketCounts): NavEntry {
  const count = countOf(name, counts);
  return {
    key: name,
    label: ctx.t(`desk.inbox.view.${name}`),
    icon: icons[name],
    href: name === 'all' ? '/desk/inbox' : `/desk/inbox?view=${name}`,
    ...(count === undefined ? {} : { count }),
    ...(name === 'undecided' ? { hot: true } : {}),
  };
}

/** How many tickets a view holds without filters; undefined for solved ones, which nobody counts. */
export function countOf(name: ViewName, counts: TicketCounts): number | undefined {
  if (name === 'solved') return undefined;
  return counts[name === 'all' ? 'open' : name];
}

/** The same counts by the keys of the menu, for pages that are open. */
export function viewCounts(
  counts: TicketCounts,
  { lines, teams }: { lines: readonly { id: number }[]; teams: readonly { id: number }[] },
): Record<string, number> {
  const named: Record<string, number> = {};
  for (const name of viewNames) {
    const count = countOf(name, counts);
    if (count !== undefined) named[name] = count;
  }
  for (const { id } of lines) named[`line-${id}`] = counts.byLine.get(id) ?? 0;
  for (const { id } of teams) named[`team-${id}`] = counts.byTeam.get(id) ?? 0;
  return named;
}

function currentKey({ path, query }: DeskContext): string | undefined {
  if (path !== '/desk/inbox') return undefined;
  for (const kind of ['saved', 'line', 'team']) {
    const id = query[kind];
    if (id !== undefined && (kind === 'saved' || query['view'] === undefined)) return `${kind}-${id}`;
  }
  return viewNames.find((name) => name === query['view']) ?? 'all';
}
