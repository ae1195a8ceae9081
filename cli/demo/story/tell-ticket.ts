import type { TicketEvent } from './events.js';
import { afterwards, ensureAgent } from './tell-afterwards.js';
import { Ticket } from './ticket.js';
import type { Request } from './ticket.js';
import type { World } from './world.js';
import { dayMs, hourMs, minuteMs } from './zone.js';

/** How it ends; all but `done` are still open on the last day. */
type Fate = 'done' | 'unassigned' | 'overdue' | 'waiting' | 'snoozed';

/** Everything that happens to one ticket, in order; what lies after the end of the history is cut by the caller. */
export function* tellTicket(world: World, request: Request): Generator<TicketEvent> {
  const ticket = new Ticket(world, request);
  const fate = chooseFate(ticket);
  yield ticket.ask();
  if (fate === 'unassigned') return;
  yield* triage(ticket);
  if (fate === 'overdue') yield* neglect(ticket);
  else if (fate === 'done') yield* finish(ticket);
  else yield* hold(ticket, fate);
}

function chooseFate({ world, random, now }: Ticket): Fate {
  const age = world.end - now;
  if (age < 9 * hourMs && random.chance(0.5)) return 'unassigned';
  if (!random.chance(world.staysOpen(now))) return 'done';
  if (age < dayMs) return random.pick(['unassigned', 'unassigned', 'overdue', 'waiting']);
  return random.pick(['overdue', 'waiting', 'waiting', 'snoozed']);
}

function* triage(ticket: Ticket): Generator<TicketEvent> {
  const { topic, random } = ticket;
  ticket.work(random.wait(topic.priority === 'high' ? 15 * minuteMs : 35 * minuteMs));
  ticket.agent = ticket.agentOf(topic.team);
  const dispatcher = ticket.team === topic.team ? ticket.agent.key : ticket.agentOf(ticket.team).key;
  yield ticket.event({ kind: 'type', type: topic.type, by: dispatcher });
  for (const tag of topic.tags) yield ticket.event({ kind: 'tag', tag, by: dispatcher });
  if (topic.priority) yield ticket.event({ kind: 'priority', priority: topic.priority, by: dispatcher });
  if (ticket.team !== topic.team) yield* transfer(ticket, dispatcher);
  ticket.now += random.between(20, 400) * 1000;
  yield ticket.assign(
    random.chance(0.3) && ticket.lead.teams.includes(topic.team) ? ticket.lead.key : ticket.agent.key,
  );
}

// One of six goes astray first and is sent on by those who got it.
function* transfer(ticket: Ticket, dispatcher: string): Generator<TicketEvent> {
  const { topic, random, world } = ticket;
  const wrong = random.pick(['sales', 'service', 'returns']);
  let by = dispatcher;
  if (wrong !== topic.team && random.chance(0.16)) {
    yield ticket.event({ kind: 'transfer', team: wrong, by });
    const right = ticket.agent;
    ticket.agent = ticket.agentOf(wrong);
    by = ticket.agent.key;
    ticket.work(random.wait(90 * minuteMs));
    if (random.chance(0.7)) yield ticket.note(random.pick(world.talk.transferNotes));
    ticket.agent = right;
  }
  yield ticket.event({ kind: 'transfer', team: topic.team, by });
  ticket.team = topic.team;
}

function* finish(ticket: Ticket): Generator<TicketEvent> {
  const isAnswered = yield* converse(ticket);
  if (isAnswered) yield* afterwards(ticket);
}

function* converse(ticket: Ticket): Generator<TicketEvent, boolean> {
  const { scenario, random, world } = ticket;
  let wasReminded = false;
  for (const [turn, step] of scenario.steps.entries()) {
    const template = random.pick(step);
    const isLast = turn === scenario.steps.length - 1;
    if (turn % 2 === 1) {
      if (random.chance(0.05)) return yield* giveUp(ticket);
      ticket.pass(20 * minuteMs + random.wait(7 * hourMs));
      yield ticket.followUp(template);
      continue;
    }
    if (template.startsWith('@')) yield* waitForVisit(ticket);
    else wasReminded = yield* takeTime(ticket, wasReminded);
    yield* ensureAgent(ticket);
    if (random.chance(0.12)) yield ticket.note(random.pick(world.talk.notes), mention(ticket));
    yield ticket.reply(template, isLast ? 'solve' : 'wait', wasReminded);
    wasReminded = false;
    if (turn === 0) yield* machines(ticket);
  }
  return true;
}

/** Until the agent answers; who waits too long reminds. Says whether somebody did. */
function* takeTime(ticket: Ticket, wasReminded: boolean): Generator<TicketEvent, boolean> {
  const { random, world, agent } = ticket;
  const askedAt = ticket.now;
  ticket.work(random.wait(agent.pace));
  const isComplaint = ticket.topic.type === 'complaint';
  const waited = ticket.now - askedAt;
  const patience = isComplaint ? 0.55 : 0.2;
  if (wasReminded || waited < 14 * hourMs || !random.chance(patience)) {
    if (isComplaint && random.chance(0.25)) yield* escalate(ticket);
    return wasReminded;
  }
  const answeredAt = ticket.now;
  ticket.now = askedAt + Math.floor(waited * (0.6 + random.next() * 0.35));
  yield ticket.followUp(random.pick(isComplaint ? world.talk.angryNudges : world.talk.nudges));
  ticket.now = answeredAt;
  if (isComplaint) yield* escalate(ticket);
  return true;
}

function* escalate(ticket: Ticket): Generator<TicketEvent> {
  const { lead, agent, random, world } = ticket;
  if (agent === lead) return;
  yield ticket.event({ kind: 'priority', priority: 'urgent', by: agent.key });
  yield ticket.note(random.pick(world.talk.escalationNotes), [lead.key]);
  ticket.agent = lead;
  yield ticket.assign(agent.key);
  ticket.work(random.wait(20 * minuteMs));
}

function* waitForVisit(ticket: Ticket): Generator<TicketEvent> {
  const { facts, random } = ticket;
  ticket.now += random.between(1, 9) * minuteMs;
  if (facts.visitAt <= ticket.now) return;
  yield ticket.event({ kind: 'snooze', until: new Date(facts.visitAt), by: ticket.agent.key });
  ticket.now = facts.visitAt;
  ticket.work(2 * hourMs + random.wait(3 * hourMs));
}

function* machines(ticket: Ticket): Generator<TicketEvent> {
  const { random, request } = ticket;
  const isAway = random.chance(request.contact.organizations.length ? 0.05 : 0.008);
  if (!isAway && !random.chance(0.004)) return;
  ticket.now += random.between(2, 40) * 1000;
  yield ticket.automatic(isAway ? 'auto-reply' : 'bounce');
}

function* giveUp(ticket: Ticket): Generator<TicketEvent, false> {
  ticket.work(ticket.random.between(30, 50) * hourMs);
  yield* ensureAgent(ticket);
  yield ticket.event({ kind: 'solve', by: ticket.agent.key });
  return false;
}

function* neglect(ticket: Ticket): Generator<TicketEvent> {
  const { random, world } = ticket;
  if (!random.chance(0.5)) return;
  ticket.pass(dayMs + random.wait(2 * dayMs));
  yield ticket.followUp(random.pick(world.talk.nudges));
}

function* hold(ticket: Ticket, fate: 'waiting' | 'snoozed'): Generator<TicketEvent> {
  const { random, world, scenario } = ticket;
  yield* takeTime(ticket, true);
  yield* ensureAgent(ticket);
  if (fate === 'waiting' && scenario.steps.length > 1) {
    yield ticket.reply(random.pick(scenario.steps[0] ?? []), 'wait');
    return;
  }
  yield ticket.note(random.pick(world.talk.waitNotes));
  yield ticket.event({
    kind: 'snooze',
    until: new Date(world.end + random.between(2, 180) * hourMs),
    by: ticket.agent.key,
  });
}

function mention({ random, lead, agent }: Ticket): string[] {
  return random.chance(0.4) && lead !== agent ? [lead.key] : [];
}
