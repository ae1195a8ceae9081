import type { TicketEvent } from './events.js';
import type { Ticket } from './ticket.js';
import { hourMs, minuteMs } from './zone.js';

/** What may follow a solved ticket: thanks, the trouble coming back, or an agent who closed too early. */
export function* afterwards(ticket: Ticket): Generator<TicketEvent> {
  const { random, world } = ticket;
  const { talk } = world;
  const chance = random.next();
  if (chance < 0.2) {
    ticket.pass(random.wait(5 * hourMs));
    yield ticket.followUp(random.pick(talk.thanks));
    ticket.work(random.wait(60 * minuteMs));
    yield* ensureAgent(ticket);
    yield ticket.event({ kind: 'solve', by: ticket.agent.key });
  } else if (chance < 0.26) {
    yield* comeBack(ticket);
  } else if (chance < 0.275) {
    ticket.work(random.wait(4 * hourMs));
    yield* ensureAgent(ticket);
    yield ticket.event({ kind: 'reopen', by: ticket.agent.key });
    yield ticket.note(random.pick(talk.reopenNotes));
    ticket.work(random.wait(6 * hourMs));
    yield* ensureAgent(ticket);
    yield ticket.event({ kind: 'solve', by: ticket.agent.key });
  }
}

function* comeBack(ticket: Ticket): Generator<TicketEvent> {
  const { random, world } = ticket;
  ticket.pass(12 * hourMs + random.wait(40 * hourMs));
  yield ticket.followUp(random.pick(world.talk.again));
  ticket.work(random.wait(ticket.agent.pace));
  yield* ensureAgent(ticket);
  yield ticket.reply(random.pick(world.talk.againAnswers), 'none');
  ticket.work(random.wait(9 * hourMs));
  yield* ensureAgent(ticket);
  yield ticket.reply(random.pick(world.talk.againDone), 'solve');
}

/** Who has left the company answers no more: somebody else takes over. */
export function* ensureAgent(ticket: Ticket): Generator<TicketEvent> {
  if (ticket.agent.leftAt > ticket.now) return;
  ticket.agent = ticket.agentOf(ticket.team);
  yield ticket.assign(ticket.lead.key);
}
