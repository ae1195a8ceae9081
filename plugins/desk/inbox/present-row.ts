import {
  formatDuration,
  formatFullTime,
  formatTime,
  isDone,
  isOurMove,
  type TicketRow,
} from '@helpdesk/core';
import type { RowTools } from './row-tools.js';

const priorities = { 1: 'low', 2: 'normal', 3: 'high', 4: 'urgent' } as const;
export const priorityWord = (priority: TicketRow['priority']) => priorities[priority];

/** A ticket as `ticket/row` prints it. */
export function presentRow(tools: RowTools, row: TicketRow): Record<string, unknown> {
  const { names, me } = tools;
  const badges = tools.badges.get(row.id) ?? [];
  const owner = row.assigneeId === null ? undefined : names.agents.get(row.assigneeId);
  return {
    id: row.id,
    number: row.number,
    href: `/desk/tickets/${row.id}${tools.from}`,
    subject: row.subject,
    at: row.lastMessageAt,
    isUnread: row.readAt === null || row.readAt < row.lastMessageAt,
    channel: tools.channel(row.channel),
    contact: { name: row.contactName },
    organization: row.organization ?? undefined,
    segment: badges.find(({ segment }) => segment)?.segment,
    badges: badges.flatMap(({ text, tone }) => (text ? [{ text, tone }] : [])),
    snippet: row.snippet,
    replying: tools.replying.get(row.id),
    isDraft: tools.drafts.has(row.id),
    tags: tools.tags.get(row.id),
    sla: presentWait(tools, row),
    // Normal draws nothing.
    priority: row.priority === 2 ? undefined : priorityWord(row.priority),
    owner: owner && { ...owner, me: row.assigneeId === me },
  };
}

interface Wait {
  readonly state: 'over' | 'soon' | 'ok' | 'pause' | 'none';
  readonly text: string;
  readonly full: string;
}

/** What the ticket waits for: its due time, how long its customer waits, or whose move it is. */
function presentWait(tools: RowTools, row: TicketRow): Wait | undefined {
  const status = tools.names.statusNames.get(row.status) ?? row.status;
  if (row.snoozedUntil && row.bucket === 'snoozed')
    return {
      state: 'pause',
      text: tools.t('desk.inbox.wait.until', { time: formatTime(row.snoozedUntil, styleOf(tools)) }),
      full: tools.t('desk.inbox.wait.untilFull', { time: fullTime(tools, row.snoozedUntil) }),
    };
  if (isDone(row.category)) return { state: 'none', text: status, full: status };
  if (row.dueAt) return presentDue(tools, row.dueAt);
  if (isOurMove(row.category) && row.waitingSince) return presentSince(tools, row.waitingSince);
  return { state: 'pause', text: lower(status), full: status };
}

const SOON_MS = 3_600_000;

function presentDue(tools: RowTools, dueAt: string): Wait {
  const left = Date.parse(dueAt) - tools.now.getTime();
  const span = spanOf(left, tools.language);
  const full = tools.t(left < 0 ? 'desk.inbox.wait.overFull' : 'desk.inbox.wait.dueFull', {
    time: fullTime(tools, dueAt),
  });
  if (left < 0) return { state: 'over', text: tools.t('desk.inbox.wait.over', { span }), full };
  if (left < SOON_MS) return { state: 'soon', text: span, full };
  const isToday = dueAt < tools.today.to;
  return { state: 'ok', text: isToday ? span : formatTime(dueAt, styleOf(tools)), full };
}

function presentSince(tools: RowTools, since: string): Wait {
  const span = spanOf(tools.now.getTime() - Date.parse(since), tools.language);
  return {
    state: 'ok',
    text: tools.t('desk.inbox.wait.since', { span }),
    full: tools.t('desk.inbox.wait.sinceFull', { time: fullTime(tools, since) }),
  };
}

// Seconds change while one reads, and a row is not drawn again for them.
const spanOf = (ms: number, language: string) =>
  formatDuration(Math.max(60, Math.floor(Math.abs(ms) / 60_000) * 60), { language });
const styleOf = ({ language, timeZone, nowIso }: RowTools) => ({ language, timeZone, now: nowIso });
const fullTime = ({ language, timeZone }: RowTools, iso: string) =>
  formatFullTime(iso, { language, timeZone });
const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
