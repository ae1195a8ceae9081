import { createHash } from 'node:crypto';
import {
  SANITISER_VERSION,
  sanitiseHtml,
  type HistoryEvent,
  type NewAttachment,
  type Participants,
  type Priority,
} from '@helpdesk/core';
import type {
  ContactEvent,
  IncomingEvent,
  ReplyEvent,
  StoryAttachment,
  StoryEvent,
  TicketType,
} from '../story/events.js';
import type { ClockEvent } from './act-by-the-clock.js';
import type { Cast, Entrance } from './cast.js';

const priorities: Readonly<Record<'low' | 'normal' | 'high' | 'urgent', Priority>> = {
  low: 1,
  normal: 2,
  high: 3,
  urgent: 4,
};
const types: Readonly<Partial<Record<TicketType, string>>> = {
  'post-warranty': 'post_warranty',
  'document-request': 'documents',
};
const autos = { 'auto-reply': 'auto', bounce: 'bounce', spam: null } as const;
const SEEN_AFTER_MS = 2 * 24 * 3_600_000;

interface Tools {
  readonly cast: Cast;
  readonly keep: (file: StoryAttachment) => Promise<NewAttachment>;
  readonly end: Date;
}

/** Puts a story into the words of the desk. Remembers who wrote which ticket, to know whom an answer is for. */
export function createTranslator({ cast, keep, end }: Tools) {
  const names = new Map<string, string>();
  const tickets = new Map<string, { entrance: Entrance; contact: string; from: string }>();

  return async (event: StoryEvent | ClockEvent): Promise<HistoryEvent[]> => {
    const at = event.at.toISOString();
    switch (event.kind) {
      case 'organization':
        return [{ kind: 'organization', at, key: event.key, name: event.name, domain: event.domain }];
      case 'contact':
        names.set(event.key, event.name);
        return [presentContact(event, at)];
      case 'incoming':
        return [await presentIncoming(event, at)];
      case 'reply':
        return [await presentReply(event, at)];
      case 'woken':
      case 'closed':
        return [{ kind: event.kind, at, ticket: event.ticket }];
      default:
        return presentRest(event, { at, cast, end });
    }
  };

  async function presentIncoming(event: IncomingEvent, at: string): Promise<HistoryEvent> {
    const { ticket, contact, from, line, subject, text, html, messageKey, auto } = event;
    const entrance = tickets.get(ticket)?.entrance ?? found(cast.lines, line);
    if (!tickets.has(ticket)) tickets.set(ticket, { entrance, contact, from });
    const externalId = idOf(messageKey, from);
    return {
      kind: 'received',
      at,
      ticket,
      contact,
      account: entrance,
      subject,
      text,
      html: html === undefined ? null : sanitiseHtml(html, { remoteImages: 'block' }).html,
      htmlVersion: html === undefined ? null : SANITISER_VERSION,
      participants: participants(event, entrance),
      externalId,
      fingerprint: createHash('sha256').update(externalId).digest('hex'),
      auto: auto ? autos[auto] : null,
      attachments: await Promise.all((event.attachments ?? []).map(keep)),
    };
  }

  function participants({ contact, from, cc = [] }: IncomingEvent, { address }: Entrance): Participants {
    const email = (value: string, name = '') => ({ name, kind: 'email', value });
    return {
      from: email(from, names.get(contact) ?? ''),
      to: [email(address)],
      cc: cc.map((copy) => email(copy)),
    };
  }

  async function presentReply(event: ReplyEvent, at: string): Promise<HistoryEvent> {
    const { ticket, agent, text, messageKey, then: next } = event;
    const { entrance, contact, from } = found(tickets, ticket);
    const to = [{ name: names.get(contact) ?? '', kind: 'email', value: from }];
    return {
      kind: 'replied',
      at,
      ticket,
      by: found(cast.agents, agent),
      account: entrance,
      text,
      participants: { to, cc: [] },
      externalId: idOf(messageKey, entrance.address),
      attachments: await Promise.all((event.attachments ?? []).map(keep)),
      next: next === 'none' ? 'stay' : next,
    };
  }
}

function presentContact(
  { key, name, language, emails, phones, memberships }: ContactEvent,
  at: string,
): HistoryEvent {
  const identities = [
    ...emails.map((value) => ({ kind: 'email', value })),
    ...phones.map((value) => ({ kind: 'phone', value })),
  ];
  const hats = memberships.map(({ organization, role, from, to }) => ({
    organization,
    role,
    from: from.toISOString(),
    ...(to ? { to: to.toISOString() } : {}),
  }));
  return { kind: 'contact', at, key, name, language, identities, memberships: hats };
}

function presentRest(
  event: StoryEvent,
  { at, cast, end }: { at: string; cast: Cast; end: Date },
): HistoryEvent[] {
  if (!('ticket' in event)) return [];
  const { ticket } = event;
  const who = (key: string) => found(cast.agents, key);
  switch (event.kind) {
    case 'note': {
      const mentioned = event.mentions.map(who);
      const isSeen = end.getTime() - event.at.getTime() > SEEN_AFTER_MS;
      return [{ kind: 'noted', at, ticket, by: who(event.agent), text: event.text, mentioned, isSeen }];
    }
    case 'assign':
      return [
        {
          kind: 'assigned',
          at,
          ticket,
          by: who(event.by),
          to: event.agent === null ? null : who(event.agent),
        },
      ];
    case 'transfer':
      return [{ kind: 'transferred', at, ticket, by: who(event.by), to: found(cast.teams, event.team) }];
    case 'priority':
      return [{ kind: 'prioritised', at, ticket, by: who(event.by), to: priorities[event.priority] }];
    case 'type':
      return [{ kind: 'typed', at, ticket, by: who(event.by), to: types[event.type] ?? event.type }];
    case 'tag':
      return [{ kind: 'tagged', at, ticket, by: who(event.by), tag: event.tag }];
    case 'snooze':
      return [{ kind: 'snoozed', at, ticket, by: who(event.by), until: event.until.toISOString() }];
    case 'solve':
      return [{ kind: 'solved', at, ticket, by: who(event.by) }];
    case 'reopen':
      return [{ kind: 'reopened', at, ticket, by: who(event.by) }];
    case 'spam':
      return [
        { kind: 'tagged', at, ticket, by: who(event.by), tag: 'spam' },
        { kind: 'solved', at, ticket, by: who(event.by) },
      ];
    default:
      return [];
  }
}

function found<T>(known: ReadonlyMap<string, T>, key: string): T {
  const value = known.get(key);
  if (value === undefined) throw new RangeError(`the story speaks of "${key}" before it appears`);
  return value;
}

const idOf = (messageKey: string, address: string) =>
  `<${messageKey}@${address.slice(address.lastIndexOf('@') + 1)}>`;
