import { can, type DeskContext, type NavItem } from '@helpdesk/core';
import { listSections } from '../admin/render-settings.js';
import { navViews, type NavEntry, type NavGroup } from '../inbox/ticket-views.js';

/** The sidebar: the agent's views with their counts, lines, teams, and the sections he may open. */
export async function navGroups(ctx: DeskContext): Promise<NavGroup[]> {
  const [views, own] = await Promise.all([
    can(ctx.viewer, 'tickets.read') ? navViews(ctx) : [],
    sections(ctx),
  ]);
  return [...views, { key: 'sections', items: own }].filter(({ items }) => items.length > 0);
}

async function sections(ctx: DeskContext): Promise<NavEntry[]> {
  const { app, viewer } = ctx;
  const own: NavEntry[] = [];
  const at = (path: string) => ctx.path === path || ctx.path.startsWith(`${path}/`);
  if (can(viewer, 'contacts.read'))
    own.push({
      key: 'contacts',
      label: ctx.t('desk.nav.contacts'),
      icon: 'users',
      href: '/desk/contacts',
      current: at('/desk/contacts'),
    });
  if (can(viewer, 'replies.edit'))
    own.push({
      key: 'replies',
      label: ctx.t('desk.replies.heading'),
      icon: 'saved',
      href: '/desk/replies',
      current: at('/desk/replies'),
    });
  const plugins = app
    .nav()
    .filter((item) => item.place === 'main' && (!item.permission || can(viewer, item.permission)));
  const counts = await Promise.all(plugins.map((item) => countOf(ctx, item)));
  for (const [i, item] of plugins.entries()) {
    const count = counts[i];
    own.push({
      key: item.key,
      label: ctx.t(item.label),
      icon: item.icon,
      href: item.href,
      current: at(item.href),
      ...(count ? { count: count.n, hot: count.hot ?? false } : {}),
    });
  }
  if (listSections(ctx).length > 0)
    own.push({
      key: 'settings',
      label: ctx.t('desk.nav.settings'),
      icon: 'gear',
      href: '/desk/settings',
      current: at('/desk/settings'),
    });
  return own;
}

/** One plugin's trouble costs its number, never the page. */
async function countOf({ app, viewer }: DeskContext, { key, count }: NavItem) {
  try {
    return await count?.(app, viewer);
  } catch (error) {
    app.log.warn({ err: error, nav: key }, 'a count in the sidebar failed');
    return undefined;
  }
}
