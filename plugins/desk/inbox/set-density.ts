import { changeAgent, sitePath, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';

const Form = z.object({
  density: z.enum(['comfortable', 'compact']),
  back: z.string().max(2000).default(''),
});

/** How much room rows take; each person's own. */
export async function setDensity(ctx: DeskContext): Promise<void> {
  const { density, back } = await ctx.form(Form);
  await changeAgent(ctx.app, { agentId: ctx.viewer.agentId, preferences: { density }, actor: ctx.actor });
  ctx.redirect(sitePath(back, '/desk/inbox'));
}
