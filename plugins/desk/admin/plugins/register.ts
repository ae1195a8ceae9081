import {
  errors,
  isError,
  wordsOf,
  type DeskContext,
  type PluginInfo,
  type SettingProblem,
} from '@helpdesk/core';
import { z } from 'zod';
import type { DeskTools } from '../../tools.js';
import { pluginTitle } from '../../plugin-title.js';
import { renderSettings } from '../render-settings.js';
import { presentSettings, type SettingInput } from '../settings/present-settings.js';
import { readSettings } from '../settings/read-settings.js';

const MANAGE = { permission: 'plugins.manage' } as const;
const PATH = '/desk/settings/plugins';
const icons: Readonly<Record<string, string>> = {
  email: 'mail',
  surveys: 'star',
  'knowledge-base': 'book',
  portal: 'portal',
  desk: 'inbox',
};

/** Plugins: how they stand, their switch and their settings. */
export function registerPlugins({ desk }: DeskTools): void {
  desk.get('/settings/plugins', MANAGE, (ctx) => listPage(ctx));
  desk.get('/settings/plugins/:plugin', MANAGE, (ctx) => settingsPage(ctx));
  desk.post('/settings/plugins/:plugin', MANAGE, save);
  desk.post('/settings/plugins/:plugin/switch', MANAGE, switchIt);
  desk.post('/settings/plugins/:plugin/release', MANAGE, release);
}

function present(ctx: DeskContext, plugin: PluginInfo) {
  const { id, version, description, state, problem, isLocked, hasSettings, quarantined } = plugin;
  return {
    id,
    title: pluginTitle(ctx, id),
    version,
    icon: icons[id] ?? 'plugin',
    description: ctx.app.hasText(`${id}.plugin.about`) ? ctx.t(`${id}.plugin.about`) : description,
    problem,
    isOn: state !== 'off',
    // Switching this off would take away the page that switches it on.
    isLocked: isLocked || id === 'desk',
    hasSettings,
    quarantined:
      quarantined.length > 0
        ? ctx.t('desk.admin.plugins.quarantined', { hooks: quarantined.join(', ') })
        : null,
    settingsUrl: `${PATH}/${id}`,
    switchUrl: `${PATH}/${id}/switch`,
    releaseUrl: `${PATH}/${id}/release`,
    state: {
      text: ctx.t(`desk.admin.plugins.state.${state}`),
      tone: state === 'on' ? 'ok' : state === 'broken' ? 'danger' : undefined,
    },
    isTroubled: state === 'broken' || quarantined.length > 0,
  };
}

async function listPage(ctx: DeskContext, failure?: { plugin: string; because: string }): Promise<void> {
  const all = ctx.app.plugins().map((plugin) => present(ctx, plugin));
  const on = all.filter(({ isOn, isTroubled }) => isOn && !isTroubled);
  const groups = [
    { key: 'attention', plugins: all.filter(({ isTroubled }) => isTroubled) },
    { key: 'on', plugins: on },
    { key: 'off', plugins: all.filter(({ isOn, isTroubled }) => !isOn && !isTroubled) },
  ];
  await renderSettings(
    ctx,
    { view: 'plugins', status: failure ? 422 : 200 },
    {
      about: ctx.t('desk.admin.plugins.about', { count: all.length, running: on.length }),
      groups: groups
        .filter(({ plugins }) => plugins.length > 0)
        .map((group) => ({ ...group, title: ctx.t(`desk.admin.plugins.group.${group.key}`) })),
      failure,
    },
  );
}

/** @throws PLUGIN_UNKNOWN */
function find(ctx: DeskContext): PluginInfo {
  const id = ctx.params['plugin'] ?? '';
  const plugin = ctx.app.plugins().find((one) => one.id === id);
  if (!plugin) throw errors.PLUGIN_UNKNOWN({ plugin: id });
  return plugin;
}

async function settingsPage(
  ctx: DeskContext,
  typed: { typed?: SettingInput; problems?: Readonly<Record<string, SettingProblem>> } = {},
): Promise<void> {
  const plugin = find(ctx);
  const fields = ctx.app.settingFields(plugin.id) ?? {};
  const settings = presentSettings(ctx, { owner: plugin.id, fields, ...typed });
  const status = settings.errors.length > 0 ? 422 : 200;
  await renderSettings(
    ctx,
    { view: 'plugin', status },
    {
      plugin: present(ctx, plugin),
      ...settings,
      action: `${PATH}/${plugin.id}`,
    },
  );
}

async function save(ctx: DeskContext): Promise<void> {
  const { id: owner } = find(ctx);
  const fields = ctx.app.settingFields(owner) ?? {};
  const values = await readSettings(ctx, { owner, fields });
  const problems = await ctx.app.settings.save(owner, fields, { values, actor: ctx.actor });
  if (Object.keys(problems).length > 0) return settingsPage(ctx, { typed: values, problems });
  ctx.flash({ text: ctx.t('desk.admin.saved') });
  ctx.redirect(`${PATH}/${owner}`);
}

/** Switches a plugin; when that fails nothing has changed, and the page says why. */
async function switchIt(ctx: DeskContext): Promise<void> {
  const plugin = find(ctx);
  const { to } = await ctx.form(z.object({ to: z.enum(['on', 'off']) }));
  if (plugin.isLocked || plugin.id === 'desk')
    throw errors.ACTION_REFUSED({ plugin: plugin.id, because: 'it is switched in the config file' });
  try {
    await ctx.app.switchPlugin(plugin.id, to === 'on', ctx.actor);
  } catch (error) {
    if (isError(error, 'PLUGIN_UNKNOWN')) throw error;
    return listPage(ctx, { plugin: plugin.id, because: wordsOf(error) });
  }
  ctx.flash({ text: ctx.t(`desk.admin.plugins.switched.${to}`, { name: pluginTitle(ctx, plugin.id) }) });
  ctx.redirect(PATH);
}

function release(ctx: DeskContext): void {
  const { id } = find(ctx);
  ctx.app.release(id);
  ctx.flash({ text: ctx.t('desk.admin.plugins.released') });
  ctx.redirect(PATH);
}
