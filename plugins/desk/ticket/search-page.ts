import {
  can,
  fold,
  initialsOf,
  listContacts,
  searchTickets,
  toStems,
  type DeskContext,
  type FoundTicket,
} from '@helpdesk/core';
import { companyLists } from './company-lists.js';
import { presentAgent } from './present-person.js';

/** Tickets and contacts that contain every word, the newest message first. */
export async function searchPage(ctx: DeskContext): Promise<void> {
  const query = (ctx.query['q'] ?? '').trim().slice(0, 200);
  const before = Number(ctx.query['before']) || undefined;
  if (query === '') return ctx.render('desk/search', { query });
  const [{ found, next }, contacts, lists] = await Promise.all([
    searchTickets(ctx.app, { query, viewer: ctx.viewer, ...(before ? { before } : {}) }),
    before === undefined && can(ctx.viewer, 'contacts.read')
      ? listContacts(ctx.app, { query, limit: 8 })
      : [],
    companyLists(ctx.app),
  ]);
  const stems = toStems(query);
  await ctx.render('desk/search', {
    query,
    tickets: found.map((ticket) => ({
      href: `/desk/tickets/${ticket.id}${ticket.messageId ? `#ev-m${ticket.messageId}` : ''}`,
      number: ticket.number,
      subject: ticket.subject,
      contact: ticket.contactName,
      status: lists.statuses.find(({ key }) => key === ticket.status)?.name ?? ticket.status,
      at: ticket.lastMessageAt,
      owner:
        ticket.assigneeId === null ? undefined : presentAgent(lists.names, ticket.assigneeId, ctx.agent.id),
      excerpt: excerptOf(ticket, stems),
    })),
    contacts: contacts.map(({ id, name, email, organization }) => ({
      href: `/desk/contacts/${id}`,
      person: { name, initials: initialsOf(name) },
      name,
      about: [organization, email].filter(Boolean).join(' · '),
    })),
    nextUrl: next === null ? undefined : `/desk/search?q=${encodeURIComponent(query)}&before=${next}`,
    isEmpty: found.length === 0 && contacts.length === 0,
  });
}

const AROUND = 90;

/** The text around the first word that matches, with every match marked. */
export function excerptOf(
  { text }: Pick<FoundTicket, 'text'>,
  stems: readonly string[],
): { text: string; isHit?: boolean }[] {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  const hits = [...flat.matchAll(/[\p{L}\p{N}]+/gu)].filter(([word]) => matches(word, stems));
  const first = hits[0]?.index ?? 0;
  const from = Math.max(0, first - AROUND);
  const to = Math.min(flat.length, first + AROUND * 2);
  const pieces: { text: string; isHit?: boolean }[] = [{ text: from > 0 ? '…' : '' }];
  let at = from;
  for (const { 0: word, index } of hits) {
    if (index < at || index + word.length > to) continue;
    pieces.push({ text: flat.slice(at, index) }, { text: word, isHit: true });
    at = index + word.length;
  }
  pieces.push({ text: flat.slice(at, to) + (to < flat.length ? '…' : '') });
  return pieces.filter((piece) => piece.text !== '');
}

function matches(word: string, stems: readonly string[]): boolean {
  const [stem = ''] = toStems(word);
  const last = stems.at(-1) ?? '';
  return stems.includes(stem) || (last.length > 1 && fold(word).startsWith(last));
}
