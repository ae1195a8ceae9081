import { agentNames, formatTime, listAccounts, listEvents, seenBy, type DeskContext } from '@helpdesk/core';
import type { TicketView } from './ticket-view.js';
import { viewHref } from './ticket-views.js';

/** Why a list is empty, and the one next step. */
export async function presentEmpty(
  ctx: DeskContext,
  view: TicketView,
  { isNarrowed, isLater }: { isNarrowed: boolean; isLater: boolean },
): Promise<Record<string, unknown>> {
  const { t } = ctx;
  if (isLater) return { icon: 'check', title: t('desk.inbox.empty.end'), action: toStart(ctx, view) };
  if (isNarrowed)
    return {
      icon: 'filter',
      title: t('desk.inbox.empty.filters'),
      action: {
        text: t('ui.filters.clear'),
        href: view.name === 'all' ? '/desk/inbox' : `/desk/inbox?view=${view.name}`,
      },
    };
  if (view.name === 'all' && !(await hasTickets(ctx))) return presentFirst(ctx);
  if (view.name === 'all' || view.name === 'mine' || view.name === 'unassigned')
    return { icon: 'check', title: t(`desk.inbox.empty.${view.name}`), text: await lastSolved(ctx) };
  return { icon: 'check', title: t(`desk.inbox.empty.${view.name}`) };
}

const toStart = (ctx: DeskContext, view: TicketView) => ({
  text: ctx.t('desk.inbox.empty.start'),
  href: viewHref(view),
});

async function hasTickets({ db }: DeskContext): Promise<boolean> {
  return (await db('tickets').select('id').first()) !== undefined;
}

async function presentFirst(ctx: DeskContext): Promise<Record<string, unknown>> {
  const account = (await listAccounts(ctx.db)).find(({ enabled }) => enabled);
  const address = account?.address;
  return {
    icon: 'inbox',
    title: ctx.t('desk.inbox.empty.first'),
    text: address ? ctx.t('desk.inbox.empty.write', { address }) : ctx.t('desk.inbox.empty.connect'),
    action:
      !address && ctx.can('mailboxes.manage')
        ? { text: ctx.t('desk.inbox.empty.mailboxes'), href: '/desk/settings/mailboxes', primary: true }
        : undefined,
  };
}

/** Who solved the last one and when, so that the team sees the work done. */
async function lastSolved(ctx: DeskContext): Promise<string | undefined> {
  const { db, viewer, language, timeZone, now } = ctx;
  const rows = db('tickets').where({ category: 'solved' }).orderBy('solvedAt', 'desc');
  seenBy(rows, viewer);
  const last: { id: number; solvedAt: string } | undefined = await rows.first('id', 'solvedAt');
  if (!last) return undefined;
  const [event] = await listEvents(db, { ticketId: last.id, name: 'ticket.solved', limit: 1 });
  const name =
    event?.actorKind === 'agent' ? (await agentNames(db)).get(Number(event.actorId))?.name : undefined;
  const time = formatTime(last.solvedAt, { language, timeZone, now: now.toISOString() });
  return name ? ctx.t('desk.inbox.empty.last', { name, time }) : undefined;
}
