import type { AgentNames, DeskContext, StatusCategory, StatusRecord, TicketRow } from '@helpdesk/core';

const tones: Readonly<Partial<Record<StatusCategory, string>>> = {
  waiting_customer: 'warn',
  waiting_other: 'warn',
};

export interface HistoryParts {
  readonly statuses: readonly StatusRecord[];
  readonly names: AgentNames;
}

/** Tickets under the headings of their months, newest first, for `contact/timeline`. */
export function presentHistory(ctx: DeskContext, rows: readonly TicketRow[], parts: HistoryParts) {
  const month = new Intl.DateTimeFormat(ctx.language, {
    month: 'long',
    year: 'numeric',
    timeZone: ctx.timeZone,
  });
  const months: { title: string; items: ReturnType<typeof presentItem>[] }[] = [];
  for (const row of rows) {
    const title = capital(month.format(new Date(row.lastMessageAt)).replace(/\s*г\.$/, ''));
    if (months.at(-1)?.title !== title) months.push({ title, items: [] });
    months.at(-1)?.items.push(presentItem(ctx, row, parts));
  }
  return months;
}

function presentItem(ctx: DeskContext, row: TicketRow, { statuses, names }: HistoryParts) {
  const assignee = row.assigneeId === null ? undefined : names.get(row.assigneeId)?.name;
  const about = [
    row.snippet,
    row.organization,
    assignee,
    ctx.t('desk.contacts.messages', { count: row.messageCount }),
  ];
  const name = statuses.find(({ key }) => key === row.status)?.name ?? row.status;
  return {
    icon: ctx.app.channels.get(row.channel)?.icon ?? 'inbox',
    title: row.subject,
    href: `/desk/tickets/${row.id}`,
    text: about.filter(Boolean).join(' · '),
    at: row.lastMessageAt,
    state: { text: name, tone: tones[row.category] },
  };
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
