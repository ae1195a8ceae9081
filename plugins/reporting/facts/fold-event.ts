import { isDone, isOurMove, parseJson, type StatusCategory } from '@helpdesk/core';
import { rememberReply, type BeforeReply, type Place } from './before-reply.js';
import { secondsBetween, type Spell, type TicketFact } from './ticket-fact.js';

/** An event of the log about one ticket. */
export interface FactEvent {
  readonly id: number;
  readonly name: string;
  /** ISO text. */
  readonly at: string;
  readonly ticketId: number;
  /** Who did it, when that was a person of the desk. */
  readonly agentId: number | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The events that facts are made of. */
export const FACT_EVENTS = [
  'ticket.opened',
  'message.received',
  'message.replied',
  'message.noted',
  'message.cancelled',
  'ticket.assigned',
  'ticket.transferred',
  'ticket.lineChanged',
  'ticket.typed',
  'ticket.prioritised',
  'ticket.waiting',
  'ticket.reopened',
  'ticket.solved',
  'ticket.closed',
] as const;

const CATEGORIES: readonly string[] = [
  'new',
  'open',
  'waiting_customer',
  'waiting_other',
  'solved',
  'closed',
];
const isCategory = (value: unknown): value is StatusCategory =>
  typeof value === 'string' && CATEGORIES.includes(value);
const idOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const wordOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const NORMAL = 2;

/** What a ticket is after one more event, and the spells that it began or ended. The fact is changed in place. */
export function foldEvent(
  fact: TicketFact | undefined,
  event: FactEvent,
): { fact?: TicketFact; spells: Spell[] } {
  if (!fact) return event.name === 'ticket.opened' ? open(event) : { spells: [] };
  // Followers meet an event once more after a crash, and after a rebuild that has seen it already.
  if (event.id <= fact.lastEventId) return { fact, spells: [] };
  fact.lastEventId = event.id;
  return { fact, spells: apply(fact, event) };
}

function open({ id, at, ticketId, payload }: FactEvent): { fact: TicketFact; spells: Spell[] } {
  const category = isCategory(payload['category']) ? payload['category'] : 'new';
  const fact: TicketFact = {
    ticketId,
    channel: wordOf(payload['channel']) ?? '',
    lastEventId: id,
    openedAt: at,
    waitingFrom: null,
    firstRepliedAt: null,
    lastRepliedAt: null,
    firstReplySeconds: null,
    firstRepliedBy: null,
    nextReplies: 0,
    nextReplySeconds: 0,
    received: 0,
    replies: 0,
    notes: 0,
    teamHops: 0,
    agentHops: 0,
    reopenings: 0,
    solvedAt: null,
    solutionSeconds: null,
    solvedBy: null,
    usSeconds: 0,
    customerSeconds: 0,
    otherSeconds: 0,
    seq: 1,
    since: at,
    status: category,
    category,
    teamId: idOf(payload['teamId']),
    assigneeId: idOf(payload['assigneeId']),
    lineId: idOf(payload['lineId']),
    type: wordOf(payload['type']),
    priority: idOf(payload['priority']) ?? NORMAL,
    beforeReply: null,
  };
  return { fact, spells: [spellOf(fact)] };
}

function apply(fact: TicketFact, event: FactEvent): Spell[] {
  const { name, at, payload } = event;
  if (name === 'message.received') receive(fact, at, payload['auto']);
  else if (name === 'message.replied') reply(fact, event);
  else if (name === 'message.noted') fact.notes += 1;
  else if (name === 'message.cancelled') return takeBack(fact, event);
  else if (name === 'ticket.assigned') {
    const to = idOf(payload['to']);
    if (fact.assigneeId !== null && to !== null && to !== fact.assigneeId) fact.agentHops += 1;
    return move(fact, at, { assigneeId: to });
  } else if (name === 'ticket.transferred') {
    const to = idOf(payload['to']);
    if (fact.teamId !== null && to !== null && to !== fact.teamId) fact.teamHops += 1;
    return move(fact, at, { teamId: to });
  } else if (name === 'ticket.lineChanged') fact.lineId = idOf(payload['to']);
  else if (name === 'ticket.typed') fact.type = wordOf(payload['to']);
  else if (name === 'ticket.prioritised') fact.priority = idOf(payload['to']) ?? fact.priority;
  else if (isCategory(payload['to'])) return changeStatus(fact, event, payload['to']);
  return [];
}

/** An automatic letter awaits no answer. */
function receive(fact: TicketFact, at: string, auto: unknown): void {
  fact.received += 1;
  if (auto === null || auto === undefined) fact.waitingFrom ??= at;
}

function reply(fact: TicketFact, { at, payload }: FactEvent): void {
  fact.beforeReply = JSON.stringify(rememberReply(fact, at, payload['messageId']));
  fact.replies += 1;
  fact.lastRepliedAt = at;
  const waited = fact.waitingFrom === null ? null : secondsBetween(fact.waitingFrom, at);
  if (fact.firstRepliedAt === null) {
    fact.firstRepliedAt = at;
    fact.firstRepliedBy = idOf(payload['agentId']);
    fact.firstReplySeconds = waited;
  } else if (waited !== null) {
    fact.nextReplies += 1;
    fact.nextReplySeconds += waited;
  }
  fact.waitingFrom = null;
}

/** A reply that did not leave: what it changed by itself is as it was before; what came later stays. */
function takeBack(fact: TicketFact, { at, payload }: FactEvent): Spell[] {
  const before = parseJson<BeforeReply | null>(fact.beforeReply ?? 'null', null);
  if (!before || before.messageId !== payload['messageId']) return [];
  fact.replies -= 1;
  fact.beforeReply = null;
  Object.assign(fact, before.counts);
  if (fact.since !== before.at) return [];
  const spells = move(fact, at, before.place);
  Object.assign(fact, before.solution);
  return spells;
}

function changeStatus(
  fact: TicketFact,
  { at, agentId, payload }: FactEvent,
  category: StatusCategory,
): Spell[] {
  const was = fact.category;
  const status = typeof payload['status'] === 'string' ? payload['status'] : category;
  const spells = move(fact, at, { status, category });
  if (isDone(category) && !isDone(was)) {
    fact.solvedAt = at;
    fact.solutionSeconds = secondsBetween(fact.openedAt, at);
    fact.solvedBy = agentId ?? fact.assigneeId;
    // Solving answers the customer too.
    fact.waitingFrom = null;
  } else if (!isDone(category) && isDone(was)) {
    fact.reopenings += 1;
    fact.solvedAt = null;
    fact.solutionSeconds = null;
    fact.solvedBy = null;
  }
  return spells;
}

/** Ends the spell and begins another; several changes of one moment are one. */
function move(fact: TicketFact, at: string, to: Partial<Place>): Spell[] {
  const isSame = (Object.keys(to) as (keyof Place)[]).every((field) => fact[field] === to[field]);
  if (isSame) return [];
  if (fact.since === at) {
    Object.assign(fact, to);
    return [spellOf(fact)];
  }
  const ended = { ...spellOf(fact), until: at };
  addTime(fact, secondsBetween(fact.since, at));
  Object.assign(fact, to);
  fact.seq += 1;
  fact.since = at;
  return [ended, spellOf(fact)];
}

function addTime(fact: TicketFact, seconds: number): void {
  if (isOurMove(fact.category)) fact.usSeconds += seconds;
  else if (fact.category === 'waiting_customer') fact.customerSeconds += seconds;
  else if (fact.category === 'waiting_other') fact.otherSeconds += seconds;
}

const spellOf = ({ ticketId, seq, status, category, teamId, assigneeId, since }: TicketFact): Spell => ({
  ticketId,
  seq,
  status,
  category,
  teamId,
  assigneeId,
  since,
  until: null,
});
