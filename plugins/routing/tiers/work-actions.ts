import { can, errors, findTicket, listTeams, orNone, whole, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { pathId } from '../assign/path-id.js';
import { findWork } from './find-work.js';
import { giveBack } from './give-back.js';
import { takeWork } from './take-work.js';

const Take = z.object({ from: orNone(whole().positive()) });

/** Says: I work on it. */
export async function postTake(ctx: DeskContext): Promise<void> {
  const ticket = await findTicket(ctx.db, pathId(ctx), ctx.viewer);
  const { from } = await ctx.form(Take);
  const taken = await takeWork(ctx.app, {
    ticketId: ticket.id,
    agentId: ctx.agent.id,
    from,
    actor: ctx.actor,
  });
  ctx.flash(
    taken.ok
      ? { text: ctx.t('routing.tiers.taken'), tone: 'ok' }
      : { text: ctx.t(taken.because), tone: 'warn' },
  );
  ctx.redirect(`/desk/tickets/${ticket.id}`);
}

const Back = z.object({ handoverId: whole().positive(), text: z.string().max(20_000).default('') });

/** Gives it back, or takes it back: those who work on it, its owner, and who may assign tickets to others. */
export async function postGiveBack(ctx: DeskContext): Promise<void> {
  const ticket = await findTicket(ctx.db, pathId(ctx), ctx.viewer);
  const { handoverId, text } = await ctx.form(Back);
  const [work, teams] = await Promise.all([findWork(ctx.db, ticket.id), listTeams(ctx.db)]);
  const team = teams.find(({ id }) => id === work?.teamId);
  const mayGive =
    ticket.assigneeId === ctx.agent.id ||
    (team?.agentIds.includes(ctx.agent.id) ?? false) ||
    can(ctx.viewer, 'tickets.assign');
  if (work && !mayGive) throw errors.PERMISSION_MISSING({ permission: 'tickets.assign' });
  const isBack =
    work?.handoverId === handoverId &&
    (await giveBack(ctx.app, {
      ticketId: ticket.id,
      handoverId,
      text,
      agentId: ctx.agent.id,
      actor: ctx.actor,
    }));
  ctx.flash(
    isBack
      ? { text: ctx.t('routing.tiers.back'), tone: 'ok' }
      : { text: ctx.t('routing.tiers.problem.moved'), tone: 'warn' },
  );
  ctx.redirect(`/desk/tickets/${ticket.id}`);
}
