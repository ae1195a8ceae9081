import type { CorePermission, DeskContext } from '@helpdesk/core';

type Section = readonly [key: string, path: string, permission: CorePermission];

const sections: readonly Section[] = [
  ['company', '/desk/settings/company', 'settings.manage'],
  ['mailboxes', '/desk/settings/mailboxes', 'mailboxes.manage'],
  ['channels', '/desk/settings/channels', 'mailboxes.manage'],
  ['team', '/desk/settings/team', 'agents.manage'],
  ['roles', '/desk/settings/roles', 'roles.manage'],
  ['teams', '/desk/settings/teams', 'agents.manage'],
  ['lines', '/desk/settings/lines', 'settings.manage'],
  ['names', '/desk/settings/names', 'settings.manage'],
  ['plugins', '/desk/settings/plugins', 'plugins.manage'],
  ['intake', '/desk/settings/intake', 'intake.read'],
  ['failures', '/desk/settings/failures', 'intake.replay'],
  ['events', '/desk/settings/events', 'events.read'],
  ['health', '/desk/settings/health', 'settings.manage'],
];

/** A page of the settings. */
export async function renderSettings(
  ctx: DeskContext,
  { view, status = 200 }: { view: string; status?: number },
  data: Readonly<Record<string, unknown>>,
): Promise<void> {
  await ctx.render(`desk/settings/${view}`, data, { status });
}

/** Journals that know no lines; see `ofAllLines`. */
const ALL_LINES: ReadonlySet<string> = new Set(['intake', 'failures', 'events']);

export interface SettingsEntry {
  readonly key: string;
  readonly href: string;
  readonly label: string;
  /** The page is one of this section. */
  readonly current: boolean;
}

/** The sections that the reader may open: core's, then those of plugins. */
export function listSections(ctx: DeskContext): SettingsEntry[] {
  const isAt = (href: string) => ctx.path === href || ctx.path.startsWith(`${href}/`);
  const own = sections
    .filter(
      ([key, , permission]) => ctx.can(permission) && (!ALL_LINES.has(key) || ctx.viewer.lineIds === 'all'),
    )
    .map(([key, href]) => ({ key, href, label: ctx.t(`desk.admin.${key}.title`), current: isAt(href) }));
  const others = ctx.app
    .nav()
    .filter(({ place, permission }) => place === 'admin' && (!permission || ctx.can(permission)))
    .map(({ key, href, label }) => ({ key, href, label: ctx.t(label), current: isAt(href) }));
  return [...own, ...others];
}
