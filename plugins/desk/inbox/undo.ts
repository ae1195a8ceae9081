import {
  assignTicket,
  errors,
  findTicket,
  HelpdeskError,
  listStatuses,
  reopenTicket,
  setPriority,
  snoozeTicket,
  untagTicket,
  waitForCustomer,
  waitForOthers,
  wakeTicket,
  type DeskContext,
  type Flash,
  type Priority,
  type TicketRecord,
} from '@helpdesk/core';
import { z } from 'zod';
import type { DeskTools } from '../tools.js';
import { outdateCounts } from './counts-of.js';

/** A ticket and what it was before: an assignee, a status, a priority, a time; or the id of a tag it did not have. */
export interface UndoStep {
  readonly id: number;
  readonly was: number | string | null;
}

const Sealed = z.object({
  undo: z.enum(['take', 'assign', 'tag', 'solve', 'prioritise', 'snooze']),
  by: z.number(),
  back: z.string(),
  steps: z.array(z.tuple([z.number(), z.union([z.number(), z.string(), z.null()])])),
});
type Name = z.output<typeof Sealed>['undo'];

/** What the button "Undo" carries: nobody can change it, and only who did it may take it back. */
export function sealUndo(
  tools: DeskTools,
  ctx: DeskContext,
  { name, steps, back }: { name: Name; steps: readonly UndoStep[]; back: string },
): Flash['undo'] {
  const data = { undo: name, by: ctx.viewer.agentId, back, steps: steps.map(({ id, was }) => [id, was]) };
  return { url: '/desk/inbox/undo', seconds: 10, fields: { token: tools.links.seal(data, { days: 1 }) } };
}

/** Takes back what was done with many tickets, as far as nobody has changed it since. */
export async function undoMany(tools: DeskTools, ctx: DeskContext): Promise<void> {
  const { token } = await ctx.form(z.object({ token: z.string().max(20_000) }));
  const { undo, by, back, steps } = tools.links.open(token, Sealed);
  if (by !== ctx.viewer.agentId) throw errors.LINK_INVALID();
  const permission = permissions[undo];
  if (!ctx.can(permission)) throw errors.PERMISSION_MISSING({ permission });
  let done = 0;
  for (const [id, was] of steps) if (await attempt(ctx, undo, { id, was })) done += 1;
  outdateCounts(ctx.app);
  ctx.flash({ text: ctx.t('desk.inbox.undone', { count: done }) });
  ctx.redirect(back);
}

// Asked again: rights may have been taken away since.
const permissions: Record<Name, string> = {
  take: 'tickets.reply',
  assign: 'tickets.assign',
  tag: 'tickets.edit',
  solve: 'tickets.solve',
  prioritise: 'tickets.edit',
  snooze: 'tickets.solve',
};

async function attempt(ctx: DeskContext, name: Name, step: UndoStep): Promise<boolean> {
  try {
    const ticket = await findTicket(ctx.db, step.id, ctx.viewer);
    await takeBack[name](ctx, ticket, step.was);
    return true;
  } catch (error) {
    if (error instanceof HelpdeskError && error.status < 500) return false;
    throw error;
  }
}

type TakeBack = (ctx: DeskContext, ticket: TicketRecord, was: UndoStep['was']) => Promise<unknown>;
const on = ({ id, version }: TicketRecord, { actor }: DeskContext) => ({
  ticketId: id,
  expectedVersion: version,
  actor,
});

const assignBack: TakeBack = (ctx, ticket, was) =>
  assignTicket(ctx.app, { ...on(ticket, ctx), assigneeId: typeof was === 'number' ? was : null });

const takeBack: Record<Name, TakeBack> = {
  take: assignBack,
  assign: assignBack,
  prioritise: (ctx, ticket, was) =>
    setPriority(ctx.app, { ...on(ticket, ctx), priority: Number(was) as Priority }),
  tag: (ctx, { id }, was) => untagTicket(ctx.app, { ticketId: id, tagId: Number(was), actor: ctx.actor }),
  snooze: (ctx, ticket, was) =>
    typeof was === 'string' && was > ctx.now.toISOString()
      ? snoozeTicket(ctx.app, { ...on(ticket, ctx), until: was })
      : wakeTicket(ctx.app, { ...on(ticket, ctx), because: 'agent' }),
  solve: async (ctx, ticket, was) => {
    // Somebody has taken it up again meanwhile.
    if (ticket.category !== 'solved') return;
    const status = (await listStatuses(ctx.db)).find(({ key }) => key === was);
    const back = { ...on(ticket, ctx), ...(status ? { status: status.key } : {}) };
    if (status?.category === 'waiting_customer') return void (await waitForCustomer(ctx.app, back));
    if (status?.category === 'waiting_other') return void (await waitForOthers(ctx.app, back));
    await reopenTicket(ctx.app, status?.category === 'open' ? back : on(ticket, ctx));
  },
};
