import {
  calendarDay,
  listDraftMarks,
  listTags,
  type DeskContext,
  type DraftMark,
  type TicketBadge,
} from '@helpdesk/core';
import { presence } from './presence.js';
import type { Names } from './read-names.js';
import type { TicketView } from './ticket-view.js';
import { startOfDay } from './start-of-day.js';
import { printView } from './ticket-views.js';

/** What all rows of one page are made with. */
export interface RowTools {
  readonly t: DeskContext['t'];
  readonly language: 'ru' | 'en';
  readonly timeZone: string;
  readonly now: Date;
  readonly nowIso: string;
  readonly me: number;
  readonly names: Names;
  readonly view: TicketView;
  /** Behind the address of each ticket. */
  readonly from: string;
  readonly tags: ReadonlyMap<number, readonly string[]>;
  /** What plugins put beside each ticket. */
  readonly badges: ReadonlyMap<number, readonly TicketBadge[]>;
  readonly drafts: ReadonlySet<number>;
  readonly replying: ReadonlyMap<number, string>;
  /** When today began and ends for the reader, ISO text: to compare with, which is cheaper than to format. */
  readonly today: { readonly from: string; readonly to: string };
  channel(id: string): { readonly icon: string; readonly label: string };
}

const WRITES_MS = 120_000;

export async function ticketTools(
  ctx: DeskContext,
  { view, names, ids }: { view: TicketView; names: Names; ids: readonly number[] },
): Promise<RowTools> {
  const { app, db, timeZone, now, language } = ctx;
  const me = ctx.viewer.agentId;
  const since = new Date(now.getTime() - WRITES_MS).toISOString();
  const [tagged, drafts, badges] = await Promise.all([
    listTags(db, ids),
    listDraftMarks(db, { agentId: me, since }),
    collectBadges(ctx, ids),
  ]);
  const day = calendarDay(now.toISOString(), { timeZone });
  const channels = new Map<string, { icon: string; label: string }>();
  return {
    t: ctx.t,
    language,
    timeZone,
    now,
    nowIso: now.toISOString(),
    me,
    names,
    view,
    from: `?view=${encodeURIComponent(printView(view))}`,
    tags: gather(tagged),
    badges,
    drafts: new Set(drafts.filter(({ agentId }) => agentId === me).map(({ ticketId }) => ticketId)),
    replying: whoReplies(ctx, { ids, drafts, names }),
    today: { from: startOfDay(day, 0, timeZone), to: startOfDay(day, 1, timeZone) },
    channel(id) {
      const known = channels.get(id);
      if (known) return known;
      const channel = app.channels.get(id);
      const made = { icon: channel?.icon ?? 'mail', label: channel ? ctx.t(channel.title) : id };
      channels.set(id, made);
      return made;
    },
  };
}

function gather(tagged: Awaited<ReturnType<typeof listTags>>): Map<number, string[]> {
  const tags = new Map<number, string[]>();
  for (const { ticketId, name } of tagged) tags.set(ticketId, [...(tags.get(ticketId) ?? []), name]);
  return tags;
}

/** Plugins are asked once for all rows of a page. */
async function collectBadges(
  { app, language, actor }: DeskContext,
  ticketIds: readonly number[],
): Promise<Map<number, TicketBadge[]>> {
  const badges = new Map<number, TicketBadge[]>();
  if (ticketIds.length === 0 || !app.hooks.listens('ticket.badges')) return badges;
  for (const { answer } of await app.hooks.collect('ticket.badges', { ticketIds, language, actor }))
    badges.set(answer.ticketId, [...(badges.get(answer.ticketId) ?? []), answer]);
  return badges;
}

function whoReplies(
  { app, now, viewer }: DeskContext,
  { ids, drafts, names }: { ids: readonly number[]; drafts: readonly DraftMark[]; names: Names },
): Map<number, string> {
  const replying = new Map<number, string>();
  for (const { ticketId, agentId, mode, updatedAt } of drafts) {
    const isFresh = mode === 'reply' && now.getTime() - Date.parse(updatedAt) < WRITES_MS;
    const name = names.agents.get(agentId)?.name;
    if (agentId !== viewer.agentId && isFresh && name) replying.set(ticketId, name);
  }
  for (const id of ids) {
    const writer = presence(app)
      .list(id, now)
      .find(({ agentId, state }) => state === 'replying' && agentId !== viewer.agentId);
    if (writer) replying.set(id, writer.name);
  }
  return replying;
}
