import { changeAgent, sitePath, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';

const Choice = z.object({
  theme: z.enum(['auto', 'light', 'dark']).optional(),
  density: z.enum(['comfortable', 'compact']).optional(),
  availability: z.enum(['available', 'away']).optional(),
  back: z.string().max(2000).optional(),
});

const YEAR_MS = 365 * 24 * 3_600_000;

/** The small switches of the layout; each is one button. */
export async function savePreference(ctx: DeskContext): Promise<void> {
  const { theme, density, availability, back } = await ctx.form(Choice);
  if (theme) ctx.setCookie('hd-theme', theme === 'auto' ? null : theme, { maxAgeMs: YEAR_MS });
  const preferences = {
    ...(theme ? { theme } : {}),
    ...(density ? { density } : {}),
    ...(availability ? { away: availability === 'away' } : {}),
  };
  await changeAgent(ctx.app, { agentId: ctx.agent.id, preferences, actor: ctx.actor });
  ctx.redirect(sitePath(back, '/desk'));
}
