import { can, priorities, type DeskContext, type TicketRecord } from '@helpdesk/core';
import type { TicketPage } from './read-page.js';
import { presentAgent } from './present-person.js';
import { withView } from './ticket-of.js';

const dots: Readonly<Record<string, string>> = {
  new: 'ok',
  open: 'ok',
  waiting_customer: 'warn',
  waiting_other: 'warn',
  solved: 'none',
  closed: 'none',
};
const words: Readonly<Record<number, string>> = { 1: 'low', 2: 'normal', 3: 'high', 4: 'urgent' };
export const priorityWord = (priority: number): string => words[priority] ?? 'normal';

/** What a ticket is like, each as a menu for those who may change it. */
export function presentProps(
  ctx: DeskContext,
  ticket: TicketRecord,
  { lists }: TicketPage,
): Record<string, unknown>[] {
  const { t, viewer } = ctx;
  const me = ctx.agent.id;
  const url = (what: string, permission: string) =>
    can(viewer, permission)
      ? { url: withView(ctx, `/desk/tickets/${ticket.id}/${what}`), name: 'value' }
      : undefined;
  const prop = (
    key: string,
    data: Record<string, unknown>,
    menu?: { url: string; name: string },
    options?: unknown[],
  ) => ({
    key,
    label: t(`desk.ticket.prop.${key}`),
    ...data,
    ...(menu ? { ...menu, options } : {}),
  });
  const chosen = (value: string | number | null, current: string | number | null) => ({
    value: value === null ? '' : String(value),
    selected: value === current,
  });
  const none = (current: string | number | null, label: string) => ({
    ...chosen(null, current),
    label: t(label),
  });
  const status = lists.statuses.find(({ key }) => key === ticket.status);
  return [
    prop(
      'status',
      { text: status?.name ?? ticket.status, dot: dots[ticket.category] },
      url('status', 'tickets.solve'),
      lists.statuses
        .filter(({ category }) => category !== 'new')
        .map(({ key, name, category }) => ({
          ...chosen(key, ticket.status),
          label: name,
          dot: dots[category],
        })),
    ),
    prop(
      'assignee',
      ticket.assigneeId === null
        ? { text: t('desk.ticket.unassigned'), icon: 'user' }
        : {
            text: presentAgent(lists.names, ticket.assigneeId, me).name,
            person: presentAgent(lists.names, ticket.assigneeId, me),
          },
      url('assignee', 'tickets.assign') ??
        (ticket.assigneeId === null ? url('assignee', 'tickets.reply') : undefined),
      [
        ...lists.agents.map(({ id, name }) => ({
          ...chosen(id, ticket.assigneeId),
          label: name,
          person: presentAgent(lists.names, id, me),
        })),
        none(ticket.assigneeId, 'desk.ticket.nobody'),
      ],
    ),
    prop(
      'team',
      {
        text: lists.teams.find(({ id }) => id === ticket.teamId)?.name ?? t('desk.ticket.noTeam'),
        icon: 'users',
      },
      url('team', 'tickets.assign'),
      [
        ...lists.teams.map(({ id, name }) => ({ ...chosen(id, ticket.teamId), label: name })),
        none(ticket.teamId, 'desk.ticket.noTeam'),
      ],
    ),
    prop(
      'priority',
      { text: t(`desk.priority.${ticket.priority}`), priority: priorityWord(ticket.priority) },
      url('priority', 'tickets.edit'),
      priorities.map((value) => ({
        ...chosen(value, ticket.priority),
        label: t(`desk.priority.${value}`),
        priority: priorityWord(value),
      })),
    ),
    prop(
      'type',
      {
        text: lists.types.find(({ key }) => key === ticket.type)?.name ?? t('desk.ticket.noType'),
        icon: 'tag',
      },
      url('type', 'tickets.edit'),
      [
        ...lists.types.map(({ key, name }) => ({ ...chosen(key, ticket.type), label: name })),
        none(ticket.type, 'desk.ticket.noType'),
      ],
    ),
    ...(lists.lines.length > 1
      ? [
          prop(
            'line',
            { text: lists.lines.find(({ id }) => id === ticket.lineId)?.name ?? '—', icon: 'headset' },
            url('line', 'tickets.edit'),
            lists.lines.map(({ id, name }) => ({ ...chosen(id, ticket.lineId), label: name })),
          ),
        ]
      : []),
  ];
}
