import {
  assignTicket,
  chooseHat,
  closeTicket,
  errors,
  isError,
  moveToLine,
  orNone,
  renameTicket,
  reopenTicket,
  setPriority,
  setType,
  snoozeTicket,
  solveTicket,
  tagTicket,
  transferTicket,
  untagTicket,
  waitForCustomer,
  waitForOthers,
  wakeTicket,
  type DeskContext,
  type MoveStatus,
  type Priority,
  type TicketRecord,
} from '@helpdesk/core';
import { z } from 'zod';
import { companyLists } from './company-lists.js';
import { showTicket } from './show-ticket.js';
import { localTime } from './snooze-choices.js';
import { recentChanges } from './recent-changes.js';
import { ticketOf, withView } from './ticket-of.js';

const Versioned = z.object({ expectedVersion: z.coerce.number().int().positive().optional() });
const Text = Versioned.extend({ value: z.string().trim().max(998).default('') });
const Id = Versioned.extend({ value: orNone(z.coerce.number().int().positive()) });

type Change = (
  ctx: DeskContext,
  base: { ticketId: number; actor: DeskContext['actor']; expectedVersion?: number },
  ticket: TicketRecord,
) => Promise<unknown>;

/** A change of one ticket: does it, and comes back; when somebody was quicker the page says who did what. */
export function changing(change: Change) {
  return async (ctx: DeskContext): Promise<void> => {
    const ticket = await ticketOf(ctx);
    const { expectedVersion } = await ctx.form(Versioned);
    const base = {
      ticketId: ticket.id,
      actor: ctx.actor,
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
    };
    try {
      await change(ctx, base, ticket);
      ctx.redirect(withView(ctx, `/desk/tickets/${ticket.id}`));
    } catch (error) {
      if (!isError(error, 'TICKET_CHANGED') && !isError(error, 'ACTION_REFUSED')) throw error;
      const isRefused = error.code === 'ACTION_REFUSED';
      const alert = {
        tone: 'warn',
        title: ctx.t(isRefused ? 'desk.ticket.refused' : 'desk.ticket.changed.title'),
        text: isRefused
          ? ctx.t(String(error.details['because']))
          : [ctx.t('desk.ticket.changed.text'), ...(await recentChanges(ctx, ticket.id))].join(' · '),
      };
      await showTicket(ctx, await ticketOf(ctx), { alert, status: 409 });
    }
  };
}

export const changeStatus = changing(async (ctx, base) => {
  const { value: status } = await ctx.form(Text);
  const { statuses } = await companyLists(ctx.app);
  const category = statuses.find(({ key }) => key === status)?.category;
  const input: MoveStatus = { ...base, status };
  if (category === 'open' || category === 'new') return reopenTicket(ctx.app, input);
  if (category === 'waiting_customer') return waitForCustomer(ctx.app, input);
  if (category === 'waiting_other') return waitForOthers(ctx.app, input);
  if (category === 'solved') return solveTicket(ctx.app, input);
  if (category === 'closed') return closeTicket(ctx.app, input);
  throw errors.INPUT_INVALID({ because: 'there is no such status' });
});

export const changeAssignee = changing(async (ctx, base, ticket) => {
  const { value } = await ctx.form(Id);
  const { agents } = await companyLists(ctx.app);
  if (value !== null && !agents.some(({ id }) => id === value))
    throw errors.INPUT_INVALID({ because: 'there is no such agent' });
  // Whoever may answer may take what is nobody's; giving to others needs more.
  const isTaking = ctx.can('tickets.reply') && ticket.assigneeId === null && value === ctx.agent.id;
  if (!ctx.can('tickets.assign') && !isTaking)
    throw errors.PERMISSION_MISSING({ permission: 'tickets.assign' });
  return assignTicket(ctx.app, { ...base, assigneeId: value });
});

export const changeTeam = changing(async (ctx, base) => {
  const { value } = await ctx.form(Id);
  const { teams } = await companyLists(ctx.app);
  if (value !== null && !teams.some(({ id }) => id === value))
    throw errors.INPUT_INVALID({ because: 'there is no such team' });
  return transferTicket(ctx.app, { ...base, teamId: value });
});

export const changeLine = changing(async (ctx, base) => {
  const { value } = await ctx.form(Id);
  const { lines } = await companyLists(ctx.app);
  if (!lines.some(({ id }) => id === value)) throw errors.INPUT_INVALID({ because: 'there is no such line' });
  return moveToLine(ctx.app, { ...base, lineId: value });
});

export const changePriority = changing(async (ctx, base) => {
  const { value } = await ctx.form(Versioned.extend({ value: z.coerce.number().int().min(1).max(4) }));
  return setPriority(ctx.app, { ...base, priority: value as Priority });
});

export const changeType = changing(async (ctx, base) => {
  const { value } = await ctx.form(Versioned.extend({ value: orNone(z.string().max(50)) }));
  const { types } = await companyLists(ctx.app);
  if (value !== null && !types.some(({ key }) => key === value))
    throw errors.INPUT_INVALID({ because: 'there is no such type' });
  return setType(ctx.app, { ...base, type: value });
});

export const changeSubject = changing(async (ctx, base) => {
  const { value } = await ctx.form(Text);
  return renameTicket(ctx.app, { ...base, subject: value });
});

export const changeHat = changing(async (ctx, base) => {
  const { role } = await ctx.form(z.object({ role: orNone(z.coerce.number().int().positive()) }));
  return chooseHat(ctx.app, { ...base, membershipId: role, reason: 'core.hat.byHand' });
});

export const addTag = changing(async (ctx, { ticketId, actor }) => {
  const { value } = await ctx.form(Text);
  if (value !== '') await tagTicket(ctx.app, { ticketId, tag: value, actor });
});

export const removeTag = changing(async (ctx, { ticketId, actor }) => {
  const { value } = await ctx.form(z.object({ value: z.coerce.number().int().positive() }));
  await untagTicket(ctx.app, { ticketId, tagId: value, actor });
});

export const solve = changing((ctx, base) => solveTicket(ctx.app, base));
export const reopen = changing((ctx, base) => reopenTicket(ctx.app, base));

const Snooze = z.object({
  until: z.string().max(40).default(''),
  customUntil: z.string().max(40).default(''),
  keep: z.string().optional(),
});

export const snooze = changing(async (ctx, base) => {
  const { until, customUntil, keep } = await ctx.form(Snooze);
  if (until === 'now') return wakeTicket(ctx.app, { ...base, because: 'agent' });
  const at = until === 'custom' ? localTime(customUntil, ctx.timeZone) : new Date(until);
  if (!at || Number.isNaN(at.getTime())) throw errors.INPUT_INVALID({ because: 'this is no time' });
  return snoozeTicket(ctx.app, { ...base, until: at.toISOString(), staysOnReply: keep === 'true' });
});
