import { findAgent, inviteAgent, renewInvite, type DeskContext } from '@helpdesk/core';
import type { DeskTools } from '../../tools.js';
import { asRefused } from '../form-fields.js';
import { pathId } from '../path-id.js';
import { agentPage } from './agent-page.js';
import { agentSchema, toAgent } from './agent-fields.js';
import { showTeam } from './show-team.js';
import { renderSettings } from '../render-settings.js';

/** Invitations go by mail when the desk can send; the link is shown once in any case, for other ways. */
export function inviteActions({ services }: Pick<DeskTools, 'services'>) {
  async function invite(ctx: DeskContext): Promise<void> {
    const typed = await ctx.form(agentSchema);
    const answer = await inviteAgent(ctx.app, { ...toAgent(typed), actor: ctx.actor });
    if (!answer.ok) return showTeam(ctx, asRefused(typed, answer, 'name'));
    await hand(ctx, answer.agent, answer.token);
  }

  async function renew(ctx: DeskContext): Promise<void> {
    const agentId = pathId(ctx);
    const answer = await renewInvite(ctx.app, { agentId, actor: ctx.actor });
    if (!answer.ok) return agentPage(ctx, { refusal: answer.because });
    await hand(ctx, await findAgent(ctx.db, agentId), answer.token);
  }

  async function hand(
    ctx: DeskContext,
    { name, email }: { name: string; email: string },
    token: string,
  ): Promise<void> {
    const link = `${ctx.app.company.url}/desk/invite/${token}`;
    const isMailed = await mail(ctx, { name, email, link });
    await renderSettings(ctx, { view: 'invited' }, { name, email, link, isMailed });
  }

  async function mail(ctx: DeskContext, to: { name: string; email: string; link: string }): Promise<boolean> {
    const { mailer } = services;
    if (!mailer || !(await mailer.ready())) return false;
    const company = ctx.app.company.name;
    await mailer.send({
      to: to.email,
      subject: ctx.t('desk.admin.team.mail.subject', { company }),
      text: ctx.t('desk.admin.team.mail.text', { company, name: to.name, link: to.link, by: ctx.agent.name }),
    });
    return true;
  }

  return { invite, renew };
}
