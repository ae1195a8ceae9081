import type { Actor } from '../hooks/catalogue.js';
import { INDEXED_MOST } from '../database/search/words.js';
import { newAttachmentKey, snippetOf, type NewAttachment } from '../tickets/insert-message.js';
import { isDone, type StatusCategory } from '../tickets/models/status.js';
import type { TicketRecord } from '../tickets/models/ticket.js';
import { timesOf } from '../tickets/move-status.js';
import { placeTicket } from '../tickets/place-ticket.js';
import { recall, type KnownContact, type KnownTicket } from './desk-memory.js';
import { guessHatFromMemory } from './guess-hat-from-memory.js';
import type { AgentNoted, AgentReplied, MessageCame } from './history-event.js';
import { note, patchTicket, type Page } from './page.js';

const SUBJECT_KEPT = 2000;
const byAgent = (id: number): Actor => ({ kind: 'agent', id, door: 'import' });

/** The same as `receiveMessage`: opens a ticket, or continues, wakes and reopens it. */
export function writeReceived(page: Page, event: MessageCame): void {
  const { at, account, auto, contact: contactKey, ticket: ticketKey } = event;
  const contact = recall(page.memory.contacts, 'contact', contactKey);
  const actor: Actor = { kind: 'contact', id: contact.id, door: account.channel };
  const known = page.memory.tickets.get(ticketKey);
  const ticket = known ?? openTicket(page, event, { contact, actor });
  const { from } = event.participants;
  const who = from ? `${from.name} ${from.value}` : '';
  const messageId = writeMessage(page, {
    at,
    ticketId: ticket.now.id,
    kind: 'incoming',
    contactId: contact.id,
    channel: account.channel,
    accountId: account.id,
    subject: event.subject,
    text: event.text,
    html: event.html,
    htmlVersion: event.htmlVersion,
    participants: event.participants,
    externalId: event.externalId,
    fingerprint: event.fingerprint,
    auto,
    attachments: event.attachments,
    alsoFoundBy: known
      ? `${event.subject ?? ''} ${who}`
      : `${ticket.now.subject} ${ticket.now.number} ${who}`,
  });
  if (known) continueTicket(page, known, { event, actor });
  const payload = { ticketId: ticket.now.id, contactId: contact.id, messageId, channel: account.channel };
  note(page, at, { name: 'message.received', payload: { ...payload, auto, first: !known, actor } });
}

function openTicket(
  page: Page,
  event: MessageCame,
  { contact, actor }: { contact: KnownContact; actor: Actor },
): KnownTicket {
  const { at, account, auto, text } = event;
  const subject = event.subject?.trim() || snippetOf(text).slice(0, 80) || '—';
  const hat = guessHatFromMemory(contact, {
    lineId: account.lineId,
    address: event.participants.from?.value ?? '',
    channel: account.channel,
    subject,
    at,
  });
  const fresh = {
    id: page.ids.ticket(),
    number: page.ids.number(),
    subject: subject.slice(0, SUBJECT_KEPT),
    status: 'new',
    category: 'new' as const,
    priority: 2 as const,
    type: null,
    channel: account.channel,
    accountId: account.id,
    lineId: account.lineId,
    teamId: null,
    assigneeId: null,
    contactId: contact.id,
    membershipId: hat?.id ?? null,
    membershipReason: hat?.reason ?? null,
    membershipValues: hat ? JSON.stringify(hat.values) : null,
    openedAt: at,
    updatedAt: at,
    firstRepliedAt: null,
    solvedAt: null,
    closedAt: null,
    waitingSince: auto ? null : at,
    dueAt: null,
    undecidedSince: null,
    snoozedUntil: null,
    staysSnoozed: 0,
    lastMessageAt: at,
    snippet: snippetOf(text),
    messageCount: 1,
    version: 1,
  };
  const now: TicketRecord = { ...fresh, ...placeTicket(fresh) };
  const ticket: KnownTicket = { now, written: null, tagIds: new Set() };
  page.memory.tickets.set(event.ticket, ticket);
  page.touched.add(ticket);
  contact.tickets.push(ticket);
  note(page, at, {
    name: 'ticket.opened',
    payload: {
      ticketId: now.id,
      contactId: now.contactId,
      lineId: now.lineId,
      teamId: now.teamId,
      assigneeId: now.assigneeId,
      channel: now.channel,
      priority: now.priority,
      type: now.type,
      membershipId: now.membershipId,
      category: now.category,
      actor,
    },
  });
  return ticket;
}

function continueTicket(
  page: Page,
  ticket: KnownTicket,
  { event, actor }: { event: MessageCame; actor: Actor },
): void {
  const { at, text, auto } = event;
  const {
    id: ticketId,
    contactId,
    category: from,
    snoozedUntil,
    staysSnoozed,
    waitingSince,
    messageCount,
  } = ticket.now;
  const seen = { lastMessageAt: at, snippet: snippetOf(text), messageCount: messageCount + 1 };
  if (auto) return patchTicket(page, ticket, { at, ...seen, quiet: true });
  const wakes = snoozedUntil !== null && !staysSnoozed;
  const reopens = from === 'waiting_customer' || from === 'waiting_other' || isDone(from);
  patchTicket(page, ticket, {
    at,
    ...seen,
    waitingSince: waitingSince ?? at,
    ...(wakes ? { snoozedUntil: null } : {}),
    ...(reopens ? { status: 'open', category: 'open' as const, solvedAt: null, closedAt: null } : {}),
    quiet: !reopens && !wakes,
  });
  if (wakes) note(page, at, { name: 'ticket.woken', payload: { ticketId, because: 'reply', actor } });
  if (!reopens) return;
  const move = { ticketId, contactId, from, to: 'open' as const, status: 'open', actor };
  note(page, at, { name: 'ticket.reopened', payload: move });
}

const nextCategory: Record<'wait' | 'solve', StatusCategory> = { wait: 'waiting_customer', solve: 'solved' };

/** The same as `replyToTicket`, for what was sent long ago. */
export function writeReply(page: Page, event: AgentReplied): void {
  const { at, account, by, text, next } = event;
  const ticket = recall(page.memory.tickets, 'ticket', event.ticket);
  const before = ticket.now;
  const actor = byAgent(by);
  const messageId = writeMessage(page, {
    at,
    ticketId: before.id,
    kind: 'outgoing',
    agentId: by,
    channel: account.channel,
    accountId: account.id,
    text,
    participants: event.participants,
    externalId: event.externalId,
    attachments: event.attachments,
  });
  const { id: ticketId, contactId, category: from } = before;
  const first = before.firstRepliedAt === null;
  const replied = { ticketId, contactId, messageId, agentId: by, channel: account.channel, first, actor };
  note(page, at, { name: 'message.replied', payload: replied });
  const to = next === 'stay' ? (from === 'new' ? 'open' : from) : nextCategory[next];
  patchTicket(page, ticket, {
    at,
    lastMessageAt: at,
    snippet: snippetOf(text),
    messageCount: before.messageCount + 1,
    status: to,
    category: to,
    ...(first ? { firstRepliedAt: at } : {}),
    ...(to === from ? {} : timesOf(before, to, at)),
    waitingSince: null,
    ...(before.assigneeId === null ? { assigneeId: by } : {}),
  });
  if (before.assigneeId === null)
    note(page, at, { name: 'ticket.assigned', payload: { ticketId, from: null, to: by, actor } });
  if (to === from) return;
  const name =
    to === 'solved' ? 'ticket.solved' : to === 'waiting_customer' ? 'ticket.waiting' : 'ticket.reopened';
  note(page, at, { name, payload: { ticketId, contactId, from, to, status: to, actor } });
}

/** The same as `noteOnTicket`. */
export function writeNote(page: Page, { at, by, text, mentioned, isSeen, ticket: key }: AgentNoted): void {
  const ticket = recall(page.memory.tickets, 'ticket', key);
  const { id: ticketId, messageCount } = ticket.now;
  const messageId = writeMessage(page, { at, ticketId, kind: 'note', agentId: by, channel: 'note', text });
  for (const agentId of mentioned)
    page.rows.mentions.push({ agentId, messageId, ticketId, at, seenAt: isSeen ? at : null });
  patchTicket(page, ticket, { at, messageCount: messageCount + 1, quiet: true });
  const payload = { ticketId, messageId, agentId: by, mentioned, actor: byAgent(by) };
  note(page, at, { name: 'message.noted', payload });
}

interface MessageRow {
  readonly at: string;
  readonly ticketId: number;
  readonly kind: 'incoming' | 'outgoing' | 'note';
  readonly contactId?: number;
  readonly agentId?: number;
  readonly channel: string;
  readonly accountId?: number;
  readonly subject?: string | null;
  readonly text: string;
  readonly html?: string | null;
  readonly htmlVersion?: number | null;
  readonly participants?: object;
  readonly externalId?: string | null;
  readonly fingerprint?: string | null;
  readonly auto?: string | null;
  readonly attachments?: readonly NewAttachment[];
  readonly alsoFoundBy?: string;
}

function writeMessage(page: Page, message: MessageRow): number {
  const { at, attachments = [], alsoFoundBy = '', kind, agentId = null, text } = message;
  const id = page.ids.message();
  page.rows.messages.push({
    id,
    ticketId: message.ticketId,
    kind,
    contactId: message.contactId ?? null,
    agentId,
    channel: message.channel,
    accountId: message.accountId ?? null,
    createdAt: at,
    writtenAt: kind === 'incoming' ? at : null,
    subject: message.subject ?? null,
    text,
    quote: '',
    html: message.html ?? null,
    htmlVersion: message.htmlVersion ?? null,
    participants: JSON.stringify(message.participants ?? {}),
    externalId: message.externalId ?? null,
    fingerprint: message.fingerprint ?? null,
    auto: message.auto ?? null,
    flags: '[]',
  });
  for (const attachment of attachments)
    page.rows.attachments.push({
      ...attachment,
      inline: attachment.inline ? 1 : 0,
      key: newAttachmentKey(),
      messageId: id,
      uploadedBy: agentId,
      createdAt: at,
    });
  const names = attachments.map(({ filename }) => filename).join(' ');
  page.words.messages_search.push({ id, text: `${alsoFoundBy} ${text.slice(0, INDEXED_MOST)} ${names}` });
  return id;
}
