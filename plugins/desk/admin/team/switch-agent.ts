import { disableAgent, enableAgent, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { pathId } from '../path-id.js';
import { agentPage } from './agent-page.js';

const schema = z.object({ to: z.enum(['on', 'off']) });

/** Locks an account, or opens it again. */
export async function switchAgent(ctx: DeskContext): Promise<void> {
  const { to } = await ctx.form(schema);
  const agentId = pathId(ctx);
  const act = to === 'on' ? enableAgent : disableAgent;
  const answer = await act(ctx.app, { agentId, actor: ctx.actor });
  if (!answer.ok) return agentPage(ctx, { refusal: answer.because });
  ctx.flash({ text: ctx.t(`desk.admin.team.switched.${to}`) });
  ctx.redirect(`/desk/settings/team/${agentId}`);
}
