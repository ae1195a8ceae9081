import type { Actor } from '../hooks/catalogue.js';
import { fold } from '../database/search/words.js';
import { isOurMove, type StatusCategory } from '../tickets/models/status.js';
import { recall, type KnownTicket } from './desk-memory.js';
import type { DeskActed, FieldSet, StatusMoved, TagPut, TicketSnoozed } from './history-event.js';
import { note, patchTicket, type Page } from './page.js';

const byAgent = (id: number): Actor => ({ kind: 'agent', id, door: 'import' });
const desk: Actor = { kind: 'system', id: 'core', door: 'job' };

/** Owner, team, priority, type: nothing happens when it is so already. */
export function writeField(page: Page, event: FieldSet): void {
  const ticket = recall(page.memory.tickets, 'ticket', event.ticket);
  const { at, by } = event;
  const { id: ticketId, assigneeId, teamId, priority, type } = ticket.now;
  const actor = byAgent(by);
  if (event.kind === 'assigned' && event.to !== assigneeId) {
    patchTicket(page, ticket, { at, assigneeId: event.to });
    note(page, at, { name: 'ticket.assigned', payload: { ticketId, from: assigneeId, to: event.to, actor } });
  } else if (event.kind === 'transferred' && event.to !== teamId) {
    patchTicket(page, ticket, { at, teamId: event.to });
    note(page, at, { name: 'ticket.transferred', payload: { ticketId, from: teamId, to: event.to, actor } });
  } else if (event.kind === 'prioritised' && event.to !== priority) {
    patchTicket(page, ticket, { at, priority: event.to });
    note(page, at, {
      name: 'ticket.prioritised',
      payload: { ticketId, from: priority, to: event.to, actor },
    });
  } else if (event.kind === 'typed' && event.to !== type) {
    patchTicket(page, ticket, { at, type: event.to });
    note(page, at, { name: 'ticket.typed', payload: { ticketId, from: type, to: event.to, actor } });
  }
}

export const tagNameOf = (tag: string): string => tag.trim().replace(/\s+/g, ' ').slice(0, 50);

/** The tag itself was made before the page began. */
export function writeTag(page: Page, { at, by, tag, ticket: key }: TagPut): void {
  const ticket = recall(page.memory.tickets, 'ticket', key);
  const tagId = recall(page.memory.tags, 'tag', fold(tagNameOf(tag)));
  if (ticket.tagIds.has(tagId)) return;
  ticket.tagIds.add(tagId);
  const { id: ticketId } = ticket.now;
  page.rows.ticket_tags.push({ ticketId, tagId });
  note(page, at, { name: 'ticket.tagged', payload: { ticketId, tagId, actor: byAgent(by) } });
}

export function writeSnooze(page: Page, { at, by, until, ticket: key }: TicketSnoozed): void {
  const ticket = recall(page.memory.tickets, 'ticket', key);
  patchTicket(page, ticket, { at, snoozedUntil: until, staysSnoozed: 0 });
  const payload = { ticketId: ticket.now.id, until, staysOnReply: false, actor: byAgent(by) };
  note(page, at, { name: 'ticket.snoozed', payload });
}

export function writeMove(page: Page, event: StatusMoved): void {
  const to = event.kind === 'solved' ? 'solved' : 'open';
  moveStatus(page, recall(page.memory.tickets, 'ticket', event.ticket), {
    at: event.at,
    to,
    name: event.kind === 'solved' ? 'ticket.solved' : 'ticket.reopened',
    actor: byAgent(event.by),
  });
}

export function writeDeskAct(page: Page, { at, kind, ticket: key }: DeskActed): void {
  const ticket = recall(page.memory.tickets, 'ticket', key);
  if (kind === 'closed')
    return moveStatus(page, ticket, { at, to: 'closed', name: 'ticket.closed', actor: desk });
  if (ticket.now.snoozedUntil === null) return;
  patchTicket(page, ticket, { at, snoozedUntil: null, staysSnoozed: 0 });
  note(page, at, {
    name: 'ticket.woken',
    payload: { ticketId: ticket.now.id, because: 'time', actor: desk },
  });
}

interface Move {
  readonly at: string;
  readonly to: StatusCategory;
  readonly name: 'ticket.solved' | 'ticket.reopened' | 'ticket.closed';
  readonly actor: Actor;
}

function moveStatus(page: Page, ticket: KnownTicket, { at, to, name, actor }: Move): void {
  const { id: ticketId, contactId, category: from, status } = ticket.now;
  if (status === to) return;
  patchTicket(page, ticket, { at, status: to, category: to, ...timesOf(ticket, to, at) });
  note(page, at, { name, payload: { ticketId, contactId, from, to, status: to, actor } });
}

function timesOf({ now }: KnownTicket, to: StatusCategory, at: string) {
  const waitingSince = isOurMove(to) ? (now.waitingSince ?? at) : null;
  if (to === 'solved') return { waitingSince, solvedAt: at, closedAt: null, snoozedUntil: null };
  if (to === 'closed')
    return { waitingSince, solvedAt: now.solvedAt ?? at, closedAt: at, snoozedUntil: null };
  return { waitingSince, solvedAt: null, closedAt: null };
}
