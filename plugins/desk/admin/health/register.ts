import type { DeskTools } from '../../tools.js';
import { renderSettings } from '../render-settings.js';

/** Whether everything works, and what to do when it does not. */
export function registerHealth({ desk }: DeskTools): void {
  desk.get('/settings/health', { permission: 'settings.manage' }, async (ctx) => {
    const { ok, checks } = await ctx.app.health();
    const isDegraded = ok && checks.some((check) => !check.ok);
    // Plugins say in their own words what is wrong, and may name mailboxes and tickets of any line.
    const shown =
      ctx.viewer.lineIds === 'all' ? checks : checks.map((check) => ({ ...check, detail: undefined }));
    await renderSettings(ctx, { view: 'health' }, { isWell: ok && !isDegraded, isDegraded, checks: shown });
  });
}
