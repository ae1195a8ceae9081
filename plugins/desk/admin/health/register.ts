import type { DeskContext } from '@helpdesk/core';
import type { DeskTools } from '../../tools.js';
import { pluginTitle } from '../../plugin-title.js';
import { renderSettings } from '../render-settings.js';

/** Whether everything works, and what to do when it does not. */
export function registerHealth({ desk }: DeskTools): void {
  desk.get('/settings/health', { permission: 'settings.manage' }, async (ctx) => {
    const { ok, checks } = await ctx.app.health();
    const isDegraded = ok && checks.some((check) => !check.ok);
    // Plugins say in their own words what is wrong, and may name mailboxes and tickets of any line.
    const shown =
      ctx.viewer.lineIds === 'all' ? checks : checks.map((check) => ({ ...check, detail: undefined }));
    const named = shown.map((check) => ({ ...check, title: titleOf(ctx, check) }));
    await renderSettings(ctx, { view: 'health' }, { isWell: ok && !isDegraded, isDegraded, checks: named });
  });
}

/** What a plugin calls its check: the text `<id>.health.<name>`, else as it is registered. */
function titleOf(ctx: DeskContext, { plugin, name }: { plugin: string; name: string }): string {
  const key = `${plugin}.health.${name}`;
  const what = ctx.app.hasText(key) ? ctx.t(key) : name;
  return `${plugin === 'core' ? ctx.t('desk.admin.health.core') : pluginTitle(ctx, plugin)} · ${what}`;
}
