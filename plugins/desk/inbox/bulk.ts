import {
  assignTicket,
  errors,
  findTicket,
  HelpdeskError,
  listTags,
  many,
  setPriority,
  snoozeTicket,
  solveTicket,
  tagTicket,
  whole,
  type DeskContext,
  type Priority,
  type TicketRecord,
} from '@helpdesk/core';
import { z } from 'zod';
import type { DeskTools } from '../tools.js';
import { outdateCounts } from './counts-of.js';
import { forget } from './remember.js';
import { readNames } from './read-names.js';
import { snoozeChoices, snoozeNames } from './snooze-choices.js';
import { parseView, viewHref } from './ticket-views.js';
import { sealUndo, type UndoStep } from './undo.js';

const MOST = 100;

const BulkForm = z.object({
  id: many(whole().positive()),
  back: z.string().max(1000).default(''),
  do: z.enum(['take', 'tag', 'solve']).optional(),
  assign: z.union([z.literal('none'), whole().positive()]).optional(),
  tag: z.string().max(50).optional(),
  newTag: z.string().max(50).optional(),
  priority: whole().min(1).max(4).optional(),
  snooze: z.enum(snoozeNames).optional(),
});
type BulkForm = z.output<typeof BulkForm>;

/** One change for many tickets: what it needs, how it is done, and what would take it back. */
interface Work {
  readonly name: 'take' | 'assign' | 'tag' | 'solve' | 'prioritise' | 'snooze';
  readonly permission: string;
  /** @returns how to take it back; null when there was nothing to do; a text key when it was not done */
  run(ticket: TicketRecord): Promise<UndoStep | null | { skipped: string }>;
}

/** Does one thing with the chosen tickets, and says of how many it was done. */
export async function changeMany(tools: DeskTools, ctx: DeskContext): Promise<void> {
  const form = await ctx.form(BulkForm);
  const back = viewHref(parseView(form.back));
  const ids = [...new Set(form.id)];
  if (ids.length === 0) return tell(ctx, back, ctx.t('desk.inbox.bulk.nothing'));
  if (ids.length > MOST) throw errors.INPUT_INVALID({ because: `at most ${MOST} tickets at a time` });
  const work = await workOf(ctx, form);
  if (!work) return tell(ctx, back, ctx.t('desk.inbox.bulk.nothing'));
  if (!ctx.can(work.permission)) throw errors.PERMISSION_MISSING({ permission: work.permission });
  const steps: UndoStep[] = [];
  const skipped: string[] = [];
  let done = 0;
  for (const id of ids) {
    const result = await attempt(ctx, work, id);
    if (result && 'skipped' in result) skipped.push(result.skipped);
    else done += 1;
    if (result && !('skipped' in result)) steps.push(result);
  }
  forget(ctx.app, 'names');
  outdateCounts(ctx.app);
  ctx.flash({
    text: report(ctx, { work: work.name, done, skipped }),
    ...(skipped.length > 0 ? { tone: 'warn' as const } : {}),
    ...(steps.length > 0 ? { undo: sealUndo(tools, ctx, { name: work.name, steps, back }) } : {}),
  });
  ctx.redirect(back);
}

async function attempt(ctx: DeskContext, work: Work, id: number) {
  try {
    return await work.run(await findTicket(ctx.db, id, ctx.viewer));
  } catch (error) {
    // What one ticket refuses does not stop the others; anything unforeseen does.
    if (!(error instanceof HelpdeskError) || error.status >= 500) throw error;
    const known = ['TICKET_UNKNOWN', 'TICKET_CHANGED', 'ACTION_REFUSED'].includes(error.code);
    return { skipped: `desk.inbox.skipped.${known ? error.code : 'other'}` };
  }
}

function tell(ctx: DeskContext, back: string, text: string): void {
  ctx.flash({ text, tone: 'warn' });
  ctx.redirect(back);
}

/** "11 solved, 1 skipped: a colleague was quicker". */
function report(
  ctx: DeskContext,
  { work, done, skipped }: { work: string; done: number; skipped: readonly string[] },
): string {
  const text = ctx.t(`desk.inbox.done.${work}`, { count: done });
  if (skipped.length === 0) return text;
  const reasons = [...new Set(skipped)].map((key) => ctx.t(key)).join(', ');
  return `${text}, ${ctx.t('desk.inbox.skipped.count', { count: skipped.length })}: ${reasons}`;
}

async function workOf(ctx: DeskContext, form: BulkForm): Promise<Work | undefined> {
  const { app, actor, viewer } = ctx;
  const on = ({ id, version }: TicketRecord) => ({ ticketId: id, expectedVersion: version, actor });
  if (form.assign !== undefined) return assigning(ctx, form.assign === 'none' ? null : form.assign);
  if (form.priority !== undefined) return prioritising(ctx, form.priority as Priority);
  if (form.snooze !== undefined) return snoozing(ctx, form.snooze);
  const tag = (form.do === 'tag' ? form.newTag : form.tag)?.trim();
  if (tag) return tagging(ctx, tag);
  if (form.do === 'take')
    return {
      name: 'take',
      permission: 'tickets.reply',
      async run(ticket) {
        if (ticket.assigneeId === viewer.agentId) return null;
        if (ticket.assigneeId !== null && !ctx.can('tickets.assign'))
          return { skipped: 'desk.inbox.skipped.taken' };
        await assignTicket(app, { ...on(ticket), assigneeId: viewer.agentId });
        return { id: ticket.id, was: ticket.assigneeId };
      },
    };
  if (form.do === 'solve')
    return {
      name: 'solve',
      permission: 'tickets.solve',
      async run(ticket) {
        if (ticket.bucket === 'done') return { skipped: 'desk.inbox.skipped.done' };
        await solveTicket(app, on(ticket));
        return { id: ticket.id, was: ticket.status };
      },
    };
  return undefined;
}

async function assigning({ app, actor }: DeskContext, assigneeId: number | null): Promise<Work> {
  const { people } = await readNames({ app });
  if (assigneeId !== null && !people.some(({ id }) => id === assigneeId)) throw errors.AGENT_UNKNOWN();
  return {
    name: 'assign',
    permission: 'tickets.assign',
    async run(ticket) {
      if (ticket.assigneeId === assigneeId) return null;
      await assignTicket(app, { ticketId: ticket.id, expectedVersion: ticket.version, assigneeId, actor });
      return { id: ticket.id, was: ticket.assigneeId };
    },
  };
}

const prioritising = ({ app, actor }: DeskContext, priority: Priority): Work => ({
  name: 'prioritise',
  permission: 'tickets.edit',
  async run(ticket) {
    if (ticket.priority === priority) return null;
    await setPriority(app, { ticketId: ticket.id, expectedVersion: ticket.version, priority, actor });
    return { id: ticket.id, was: ticket.priority };
  },
});

function snoozing(ctx: DeskContext, name: string): Work {
  const until = snoozeChoices(ctx).find(({ value }) => value === name)?.at ?? '';
  return {
    name: 'snooze',
    permission: 'tickets.solve',
    async run(ticket) {
      if (ticket.bucket === 'done') return { skipped: 'desk.inbox.skipped.done' };
      const { id: ticketId, version: expectedVersion } = ticket;
      await snoozeTicket(ctx.app, { ticketId, expectedVersion, until, actor: ctx.actor });
      return { id: ticketId, was: ticket.snoozedUntil };
    },
  };
}

const tagging = ({ app, db, actor }: DeskContext, tag: string): Work => ({
  name: 'tag',
  permission: 'tickets.edit',
  async run({ id }) {
    const before = new Set((await listTags(db, [id])).map((known) => known.id));
    await tagTicket(app, { ticketId: id, tag, actor });
    const added = (await listTags(db, [id])).find((known) => !before.has(known.id));
    return added ? { id, was: added.id } : null;
  },
});
