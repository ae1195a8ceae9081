import { can, initialsOf, type BaseContext, type DeskContext, type PublicDeskContext } from '@helpdesk/core';
import { listSections } from '../admin/render-settings.js';
import { banners } from './banners.js';
import { navGroups } from './nav-groups.js';

/** What the layout around every page of the desk shows. Somebody who is not signed in sees the company's name alone. */
export async function buildFrame(ctx: BaseContext): Promise<Record<string, unknown>> {
  const { name, accent } = ctx.app.company;
  const brand = { name, mark: initialsOf(name).slice(0, 1) || 'H', href: '/desk' };
  const { signedIn } = ctx as PublicDeskContext;
  if (!signedIn) return { brand, accent };
  const { agent, viewer } = signedIn;
  const { preferences } = agent;
  const [nav, shown] = await Promise.all([navGroups(ctx as DeskContext), banners(ctx, viewer)]);
  return {
    brand,
    accent,
    agent: { id: agent.id, name: agent.name, initials: initialsOf(agent.name), me: true },
    isAvailable: preferences.away !== true,
    nav,
    ...settingsOf(ctx as DeskContext),
    banners: shown,
    searchUrl: '/desk/search',
    searched: ctx.path === '/desk/search' ? ctx.query['q'] : undefined,
    ...(can(viewer, 'tickets.open') ? { newUrl: '/desk/tickets/new' } : {}),
    userNav: userNav(ctx as DeskContext),
    profileUrl: '/desk/profile',
    preferencesUrl: '/desk/preferences',
    signOutUrl: '/desk/sign-out',
    shortcutsOff: preferences.shortcuts === false,
    liveUrl: '/desk/live',
    ticketUrl: '/desk/tickets/',
  };
}

/** The menu of the settings, on their pages: those of plugins may stand anywhere. */
function settingsOf(ctx: DeskContext): Record<string, unknown> {
  const settings = listSections(ctx);
  return ctx.path.startsWith('/desk/settings') || settings.some(({ current }) => current) ? { settings } : {};
}

/** What plugins put into the menu of the one who is signed in. */
function userNav({ app, viewer, t }: DeskContext): Record<string, unknown>[] {
  return app
    .nav()
    .filter(({ place, permission }) => place === 'user' && (!permission || can(viewer, permission)))
    .map(({ label, icon, href }) => ({ label: t(label), icon, href }));
}
