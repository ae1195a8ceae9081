import type { Actor } from '@helpdesk/core';
import type { TicketState } from '../facts/ticket-state.js';
import { EVENT_TRIGGERS, isTimer, type EventTrigger, type Timer, type Trigger } from '../rules/definition.js';
import { chainOf } from '../run/occasion.js';

/** An event of one ticket, as the log has it. */
export interface PastEvent {
  readonly name: string;
  readonly at: string;
  readonly actor: Actor;
  readonly payload: Readonly<Record<string, unknown>>;
}
/** What is known of a ticket beside its events. */
export interface PastTicket {
  readonly id: number;
  readonly number: number;
  readonly subject: string;
  readonly contactId: number;
  /** Letters from outside, oldest first. */
  readonly messages: readonly { readonly id: number; readonly text: string; readonly auto: string | null }[];
  readonly tagNames: ReadonlyMap<number, string>;
}
/** A moment at which a rule would have been asked. */
export interface Moment {
  readonly at: string;
  readonly trigger: Trigger;
  readonly state: TicketState;
}

interface Clock {
  /** Since when, by timer; null: it does not run. */
  unanswered: string | null;
  untouched: string | null;
  waitingLong: string | null;
}

/**
 * Goes through a ticket's life as the log tells it and finds when some triggers would have fired, with the ticket as it
 * was then. What rules of the plugin did themselves is part of that life, but asks nobody again.
 * @param now ISO text: until when timers run
 */
export function replayTicket(
  ticket: PastTicket,
  events: readonly PastEvent[],
  { triggers, now }: { triggers: readonly Trigger[]; now: string },
): Moment[] {
  const timers = triggers.filter(isTimer);
  const moments: Moment[] = [];
  const fired = new Set<string>();
  let state = beginOf(ticket, events[0]);
  const clock: Clock = { unanswered: null, untouched: null, waitingLong: null };
  const ring = (until: string) => {
    for (const timer of timers) {
      const at = dueAt(timer, { clock, state });
      const key = `${timer.on} ${timer.minutes} ${clock[timer.on]}`;
      if (at === null || at > until || fired.has(key)) continue;
      fired.add(key);
      moments.push({ at, trigger: timer, state });
    }
  };
  for (const event of events) {
    ring(event.at);
    state = stateAfter(state, event, ticket);
    wind(clock, event, state);
    const on = triggerOf(event);
    const trigger = triggers.find((one) => one.on === on);
    if (trigger && chainOf(event.actor).length === 0) moments.push({ at: event.at, trigger, state });
  }
  ring(now);
  return moments.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function dueAt(timer: Timer, { clock, state }: { clock: Clock; state: TicketState }): string | null {
  const since = clock[timer.on];
  if (since === null || state.category === 'solved' || state.category === 'closed') return null;
  return new Date(Date.parse(since) + timer.minutes * 60_000).toISOString();
}

function wind(clock: Clock, { name, at, actor }: PastEvent, state: TicketState): void {
  const isPerson = actor.kind === 'agent' || actor.kind === 'contact';
  const isOfTicket = name.startsWith('ticket.') || name.startsWith('message.');
  if (name === 'ticket.opened' || (isPerson && isOfTicket)) clock.untouched = at;
  clock.unanswered = state.waitingSince;
  const waits = state.category === 'waiting_customer' || state.category === 'waiting_other';
  if (!waits) clock.waitingLong = null;
  else if (name === 'ticket.waiting') clock.waitingLong = at;
}

const names: Readonly<Record<string, EventTrigger>> = {
  'message.received': 'received',
  'message.replied': 'replied',
  ...Object.fromEntries(
    EVENT_TRIGGERS.filter((on) => on !== 'received' && on !== 'replied').map((on) => [`ticket.${on}`, on]),
  ),
};

const triggerOf = ({ name, payload }: PastEvent): EventTrigger | undefined =>
  name === 'message.received' && payload['first'] === true ? undefined : names[name];

function beginOf(
  { messages: _messages, tagNames: _names, ...ticket }: PastTicket,
  first: PastEvent | undefined,
): TicketState {
  const opened = first?.payload ?? {};
  return {
    ...ticket,
    contactId: numberIn(opened, 'contactId') ?? ticket.contactId,
    category: 'new',
    status: 'new',
    priority: numberIn(opened, 'priority') ?? 2,
    type: textIn(opened, 'type'),
    channel: textIn(opened, 'channel') ?? '',
    lineId: numberIn(opened, 'lineId'),
    teamId: numberIn(opened, 'teamId'),
    assigneeId: numberIn(opened, 'assigneeId'),
    membershipId: numberIn(opened, 'membershipId'),
    tags: [],
    messageCount: 0,
    openedAt: first?.at ?? '',
    waitingSince: null,
    message: null,
  };
}

function stateAfter(state: TicketState, { name, at, payload }: PastEvent, ticket: PastTicket): TicketState {
  const to = payload['to'];
  switch (name) {
    case 'ticket.opened':
      // Its letter is told of right behind it, in the same moment.
      return {
        ...state,
        ...moved(state, textIn(payload, 'category') ?? 'new', at),
        ...letterOf(ticket, ticket.messages[0]?.id),
        ...(ticket.messages[0]?.auto ? { waitingSince: null } : {}),
      };
    case 'message.received': {
      const auto = payload['auto'] !== null && payload['auto'] !== undefined;
      return {
        ...state,
        ...letterOf(ticket, numberIn(payload, 'messageId')),
        messageCount: state.messageCount + 1,
        waitingSince: auto ? state.waitingSince : (state.waitingSince ?? at),
      };
    }
    case 'message.replied':
      return { ...state, messageCount: state.messageCount + 1, waitingSince: null };
    case 'message.noted':
    case 'message.autoReplied':
      return { ...state, messageCount: state.messageCount + 1 };
    case 'ticket.assigned':
      return { ...state, assigneeId: numberIn(payload, 'to') };
    case 'ticket.transferred':
      return { ...state, teamId: numberIn(payload, 'to') };
    case 'ticket.prioritised':
      return { ...state, priority: Number(to) };
    case 'ticket.typed':
      return { ...state, type: textIn(payload, 'to') };
    case 'ticket.lineChanged':
      return { ...state, lineId: numberIn(payload, 'to') };
    case 'ticket.contactChanged':
      return { ...state, contactId: Number(to), membershipId: null };
    case 'ticket.hatChanged':
      return { ...state, membershipId: numberIn(payload, 'to') };
    case 'ticket.tagged':
      return { ...state, tags: [...new Set([...state.tags, tagOf(ticket, payload)])] };
    case 'ticket.untagged':
      return { ...state, tags: state.tags.filter((tag) => tag !== tagOf(ticket, payload)) };
    case 'ticket.waiting':
    case 'ticket.reopened':
    case 'ticket.solved':
    case 'ticket.closed':
      return {
        ...state,
        ...moved(state, textIn(payload, 'to') ?? state.category, at),
        status: textIn(payload, 'status') ?? state.status,
      };
    default:
      return state;
  }
}

function moved(state: TicketState, to: string, at: string): Partial<TicketState> {
  const isOurs = to === 'new' || to === 'open';
  return {
    category: to as TicketState['category'],
    status: to,
    waitingSince: isOurs ? (state.waitingSince ?? at) : null,
  };
}

function letterOf({ messages }: PastTicket, id: number | null | undefined): Partial<TicketState> {
  const letter = messages.find((message) => message.id === id);
  return letter ? { message: { text: letter.text, auto: letter.auto } } : {};
}

const tagOf = ({ tagNames }: PastTicket, payload: PastEvent['payload']) =>
  tagNames.get(Number(payload['tagId'])) ?? `#${String(payload['tagId'])}`;

function numberIn(payload: PastEvent['payload'], name: string): number | null {
  const value = payload[name];
  return typeof value === 'number' ? value : null;
}
function textIn(payload: PastEvent['payload'], name: string): string | null {
  const value = payload[name];
  return typeof value === 'string' ? value : null;
}
