import { isOurMove, type TicketRow } from '@helpdesk/core';
import { presentRow, priorityWord } from './present-row.js';
import type { RowTools } from './row-tools.js';

interface Place {
  /** The part of the text key. */
  readonly name: string;
  /** How the theme colours the heading. */
  readonly look: 'over' | 'today' | 'later' | 'any';
}

/** Rows under headings: by what they wait for, by priority, or by day; in the order in which they come. */
export function groupRows(
  tools: RowTools,
  rows: readonly TicketRow[],
  { showCounts }: { showCounts: boolean },
): Record<string, unknown>[] {
  const groups = new Map<string, { look: Place['look']; rows: Record<string, unknown>[] }>();
  const placeOf = placers[tools.view.order];
  for (const row of rows) {
    const { name, look } = placeOf(tools, row);
    const group = groups.get(name) ?? { look, rows: [] };
    group.rows.push(presentRow(tools, row));
    groups.set(name, group);
  }
  return [...groups].map(([name, group]) => ({
    key: group.look,
    id: name,
    title: tools.t(`desk.inbox.group.${name}`),
    count: showCounts ? group.rows.length : undefined,
    rows: group.rows,
  }));
}

type Placer = (tools: RowTools, row: TicketRow) => Place;

const byWait: Placer = (tools, row) => {
  if (row.bucket !== 'open') return byDay(tools, row);
  if (row.dueAt) {
    if (row.dueAt < tools.nowIso) return { name: 'overdue', look: 'over' };
    const isToday = row.dueAt < tools.today.to;
    return isToday ? { name: 'dueToday', look: 'today' } : { name: 'dueLater', look: 'later' };
  }
  if (!isOurMove(row.category) || !row.waitingSince) return { name: 'others', look: 'later' };
  const isToday = row.waitingSince >= tools.today.from;
  return isToday ? { name: 'waitsToday', look: 'today' } : { name: 'waitsBefore', look: 'any' };
};

const byDay: Placer = (tools, row) =>
  row.lastMessageAt >= tools.today.from
    ? { name: 'today', look: 'today' }
    : { name: 'earlier', look: 'later' };

const byPriority: Placer = (_, row) => ({ name: priorityWord(row.priority), look: 'any' });

const placers: Record<RowTools['view']['order'], Placer> = {
  attention: byWait,
  newest: byDay,
  oldest: byDay,
  priority: byPriority,
};
