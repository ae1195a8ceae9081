import { expect, it } from 'vitest';
import { foldEvent, type FactEvent } from './fold-event.js';
import type { Spell, TicketFact } from './ticket-fact.js';

const at = (minutes: number) => new Date(Date.UTC(2026, 2, 12, 9, minutes)).toISOString();

/** Folds a story of one ticket; each event is [minute, name, payload, agent]. */
function fold(story: readonly (readonly [number, string, Record<string, unknown>?, number?])[]) {
  let fact: TicketFact | undefined;
  const spells = new Map<number, Spell>();
  for (const [i, [minutes, name, payload = {}, agentId = null]] of story.entries()) {
    const event: FactEvent = { id: i + 1, name, at: at(minutes), ticketId: 1, agentId, payload };
    const folded = foldEvent(fact, event);
    fact = folded.fact;
    for (const spell of folded.spells) spells.set(spell.seq, spell);
  }
  if (!fact) throw new Error('no ticket was opened');
  return { fact, spells: [...spells.values()] };
}

const opened = [0, 'ticket.opened', { category: 'new', teamId: null, assigneeId: null }] as const;
const received = (minutes: number, auto: string | null = null) =>
  [minutes, 'message.received', { auto }] as const;
const replied = (minutes: number, messageId = minutes) =>
  [minutes, 'message.replied', { messageId, agentId: 7 }, 7] as const;
const moved = (minutes: number, name: string, to: string) => [minutes, name, { to, status: to }, 7] as const;

it('measures the first reply from the first message, later ones from the message that waits', () => {
  const { fact } = fold([
    opened,
    received(0),
    received(5),
    replied(10),
    received(20),
    replied(50),
    replied(60),
  ]);
  expect(fact).toMatchObject({
    firstReplySeconds: 600,
    firstRepliedBy: 7,
    nextReplies: 1,
    nextReplySeconds: 1800,
    received: 3,
    replies: 3,
    waitingFrom: null,
  });
});

it('lets no automatic letter wait for an answer', () => {
  expect(fold([opened, received(0), replied(10), received(20, 'auto')]).fact.waitingFrom).toBeNull();
});

it('has no first reply time where we wrote first', () => {
  expect(fold([opened, replied(0), received(5), replied(6)]).fact).toMatchObject({
    firstReplySeconds: null,
    nextReplies: 1,
    nextReplySeconds: 60,
  });
});

it('measures the solution to the last time, and counts how often it came back', () => {
  const solved = moved(30, 'ticket.solved', 'solved');
  expect(fold([opened, received(0), solved]).fact).toMatchObject({
    solutionSeconds: 1800,
    solvedBy: 7,
    waitingFrom: null,
  });
  const again = fold([opened, received(0), solved, moved(40, 'ticket.reopened', 'open')]).fact;
  expect(again).toMatchObject({ solvedAt: null, solutionSeconds: null, solvedBy: null, reopenings: 1 });
  const closed = fold([opened, solved, moved(90, 'ticket.closed', 'closed')]).fact;
  expect(closed).toMatchObject({
    solvedAt: at(30),
    solutionSeconds: 1800,
    category: 'closed',
    reopenings: 0,
  });
});

it('divides the time by whose move it was', () => {
  const { fact, spells } = fold([
    opened,
    moved(10, 'ticket.waiting', 'waiting_customer'),
    moved(40, 'ticket.reopened', 'open'),
    moved(45, 'ticket.waiting', 'waiting_other'),
    moved(65, 'ticket.solved', 'solved'),
  ]);
  expect(fact).toMatchObject({
    usSeconds: 900,
    customerSeconds: 1800,
    otherSeconds: 1200,
    solutionSeconds: 3900,
  });
  expect(spells.map(({ status, since, until }) => [status, since, until])).toEqual([
    ['new', at(0), at(10)],
    ['waiting_customer', at(10), at(40)],
    ['open', at(40), at(45)],
    ['waiting_other', at(45), at(65)],
    ['solved', at(65), null],
  ]);
});

it('counts hops from one team or person to another, not the first one and not the way to nobody', () => {
  const { fact } = fold([
    opened,
    [1, 'ticket.transferred', { to: 3 }],
    [2, 'ticket.assigned', { to: 7 }],
    [3, 'ticket.assigned', { to: null }],
    [4, 'ticket.assigned', { to: 8 }],
    [5, 'ticket.assigned', { to: 9 }],
    [6, 'ticket.transferred', { to: 4 }],
  ]);
  expect(fact).toMatchObject({ teamHops: 1, agentHops: 1, teamId: 4, assigneeId: 9 });
});

it('is as it was before when a reply is taken back, with all that the reply did', () => {
  const before = [opened, received(0)] as const;
  const { fact } = fold([
    ...before,
    replied(10),
    moved(10, 'ticket.solved', 'solved'),
    [11, 'message.cancelled', { messageId: 10 }],
  ]);
  const { lastEventId: _, seq, since, usSeconds, ...rest } = fact;
  const { lastEventId: __, seq: ___, since: ____, usSeconds: _____, ...was } = fold(before).fact;
  expect(rest).toEqual(was);
  expect({ seq, since, usSeconds }).toEqual({ seq: 3, since: at(11), usSeconds: 600 });
});

it('meets an event twice and counts it once', () => {
  const { fact } = fold([opened, received(0)]);
  const again: FactEvent = {
    id: 2,
    name: 'message.received',
    at: at(0),
    ticketId: 1,
    agentId: null,
    payload: { auto: null },
  };
  expect(foldEvent(fact, again)).toEqual({ fact, spells: [] });
  expect(fact.received).toBe(1);
});
