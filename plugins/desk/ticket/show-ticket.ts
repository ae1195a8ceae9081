import { can, markRead, typing, type DeskContext, type TicketRecord } from '@helpdesk/core';
import { presence } from '../inbox/presence.js';
import { neighbours, parseView, ticketHref, viewHref } from '../inbox/ticket-views.js';
import { addressWords, iconOf } from '../contacts/identity-kinds.js';
import { presentMarks } from '../contacts/marks/present-marks.js';
import { presentStatus } from '../contacts/present-status.js';
import { presentHats } from './identity/present-hats.js';
import { presentSender } from './identity/present-sender.js';
import { presentAgent, presentCustomer } from './present-person.js';
import { presentComposer, type Typed } from './present-composer.js';
import { presentProps } from './present-props.js';
import { presentTimeline } from './present-timeline.js';
import { readTicketPage, type TicketPage } from './read-page.js';
import { snoozeChoices } from './snooze-choices.js';
import { ticketOf, withView } from './ticket-of.js';

export async function ticketPage(ctx: DeskContext): Promise<void> {
  await showTicket(ctx, await ticketOf(ctx), {});
}

export interface Shown {
  readonly typed?: Typed;
  /** Something to know above the conversation. */
  readonly alert?: { title: string; text?: string; tone: string };
  readonly status?: number;
}

/** The page of one ticket, also when a form of it came back with a problem. */
export async function showTicket(
  ctx: DeskContext,
  ticket: TicketRecord,
  { typed = {}, alert, status = 200 }: Shown,
): Promise<void> {
  const before = Number(ctx.query['before']) || undefined;
  const view = ctx.query['view'] ?? '';
  const [page, near] = await Promise.all([
    readTicketPage(ctx, ticket, before),
    view === '' ? { previous: null, next: null } : neighbours(ctx.app, ctx.viewer, view, ticket.id),
  ]);
  const parsed = parseView(view);
  const list = viewHref(parsed);
  const self = withView(ctx, `/desk/tickets/${ticket.id}`);
  await ctx.render(
    'desk/ticket',
    {
      ticket: presentHead(ticket, page),
      back: { href: list, label: ctx.t('desk.ticket.back') },
      position: {
        ...(near.previous ? { prevUrl: ticketHref(near.previous, parsed) } : {}),
        ...(near.next ? { nextUrl: ticketHref(near.next, parsed) } : {}),
      },
      ...headActions(ctx, ticket),
      props: presentProps(ctx, ticket, page),
      tags: page.tags.map(({ id, name }) => ({ id, name })),
      items: presentTimeline(ctx, ticket, page),
      olderUrl: page.timeline.hasOlder
        ? `${self}${self.includes('?') ? '&' : '?'}before=${page.timeline.messages[0]?.id ?? 0}`
        : undefined,
      newestUrl: before === undefined ? undefined : self,
      ...presentOthers(ctx, page),
      contact: {
        ...presentCustomer(page.card.contact.id, page.card.contact.name),
        href: `/desk/contacts/${page.card.contact.id}`,
        status: page.status && presentStatus(ctx, page.status),
      },
      identities: presentIdentities(ctx, page),
      roles: presentHats(ctx, ticket, page),
      ...presentSender(ctx, ticket, { questions: page.questions, evidence: page.timeline.evidence }),
      marks: presentMarks(ctx, page.marks),
      ...presentCompany(ctx, ticket, page),
      // An answer is written under the newest message, never to the recipients of an old one.
      composer: before === undefined ? await presentComposer(ctx, ticket, { page, typed }) : undefined,
      cannotSend: page.account === undefined && can(ctx.viewer, 'tickets.reply'),
      alert,
      newestFirst: ctx.agent.preferences.newestFirst === true,
      viewQuery: withView(ctx, ''),
    },
    { status },
  );
  noteSeen(ctx, ticket, page);
}

/** After the answer, so that reading costs no write on the way; not for a browser that only fetches ahead. */
function noteSeen(ctx: DeskContext, ticket: TicketRecord, page: TicketPage): void {
  const newest = page.timeline.messages.at(-1);
  if (
    !newest ||
    newest.id <= page.readUntil ||
    ctx.method !== 'GET' ||
    ctx.header('Sec-Purpose').includes('prefetch')
  )
    return;
  const seen = markRead(ctx.app, { agentId: ctx.agent.id, ticketId: ticket.id, messageId: newest.id });
  ctx.app.signals.track(
    seen.catch((error: unknown) => ctx.app.log.warn({ err: error }, 'not marked as read')),
  );
}

function presentHead({ id, number, subject, version, category }: TicketRecord, { tags }: TicketPage) {
  const isClosed = category === 'solved' || category === 'closed';
  return { id, number, subject, version, isClosed, tags: tags.map(({ name }) => name) };
}

function headActions(ctx: DeskContext, ticket: TicketRecord): Record<string, unknown> {
  const url = (what: string) => withView(ctx, `/desk/tickets/${ticket.id}/${what}`);
  const more = can(ctx.viewer, 'tickets.edit')
    ? [{ label: ctx.t('desk.ticketEdit.open'), href: url('edit'), icon: 'link' }]
    : undefined;
  if (!can(ctx.viewer, 'tickets.solve')) return { more };
  return {
    more,
    closeUrl: url('solve'),
    reopenUrl: url('reopen'),
    snooze: {
      url: url('snooze'),
      expectedVersion: ticket.version,
      ...(ticket.snoozedUntil ? { until: ticket.snoozedUntil } : {}),
      options: snoozeChoices(ctx),
    },
  };
}

function presentIdentities(ctx: DeskContext, { card }: TicketPage): Record<string, unknown>[] {
  return card.identities.map(({ kind, value, normalised, label, failedAt }) => ({
    icon: iconOf(ctx.app, kind),
    label: addressWords(ctx, { kind, value }),
    ...(kind === 'email'
      ? { href: `mailto:${value}` }
      : kind === 'phone'
        ? { href: `tel:${normalised}` }
        : {}),
    ...(failedAt ? { tag: ctx.t('desk.ticket.addressFailed') } : label ? { tag: label } : {}),
  }));
}

function presentOthers(
  ctx: DeskContext,
  { others, links, lists, card }: TicketPage,
): Record<string, unknown> {
  const statusOf = (key: string) => lists.statuses.find((status) => status.key === key)?.name ?? key;
  const row = (other: {
    id: number;
    subject: string;
    status: string;
    category: string;
    lastMessageAt: string;
  }) => ({
    href: `/desk/tickets/${other.id}`,
    subject: other.subject,
    state: {
      text: statusOf(other.status),
      ...(other.category === 'waiting_customer' ? { tone: 'warn' } : {}),
    },
    at: other.lastMessageAt,
  });
  return {
    others: { count: others.length, tickets: others.map(row), allUrl: `/desk/contacts/${card.contact.id}` },
    links: links.map((link) => ({
      ...row(link),
      about: ctx.t(`desk.ticket.link.${link.kind === 'follow-up' ? 'followUp' : 'related'}`),
    })),
  };
}

const RECENT_MS = 2 * 60_000;

/** Who else is here: looking, or writing at this moment. */
export function presentCompany(
  ctx: DeskContext,
  ticket: TicketRecord,
  { drafts, lists }: Pick<TicketPage, 'drafts' | 'lists'>,
) {
  const me = ctx.agent.id;
  const here = presence(ctx.app)
    .list(ticket.id, ctx.now)
    .filter(({ agentId }) => agentId !== me);
  const writing = drafts.find(
    ({ agentId, mode, updatedAt }) =>
      agentId !== me && mode === 'reply' && ctx.now.getTime() - Date.parse(updatedAt) < RECENT_MS,
  );
  const replying = here.find(({ state }) => state === 'replying');
  const who = replying?.agentId ?? writing?.agentId;
  return {
    typing: typing(ctx.app).isTyping(ticket.id, 'contact', ctx.now) ? ctx.t('desk.ticket.typing') : undefined,
    viewers: here.map(({ agentId, state }) => ({
      ...presentAgent(lists.names, agentId, me),
      isReplying: state === 'replying',
    })),
    replying:
      who === undefined
        ? undefined
        : {
            person: presentAgent(lists.names, who, me),
            since: writing?.updatedAt ?? replying?.at.toISOString(),
          },
  };
}
