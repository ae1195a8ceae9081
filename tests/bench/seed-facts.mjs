import { change } from '@helpdesk/core';
import { storeFacts } from '../../plugins/reporting/dist/facts/store-facts.js';
import { numbers } from './seed-desk.mjs';

const YEAR_MS = 365 * 24 * 3_600_000;
const MINUTES = 60_000;
const BATCH = 500;

/** The facts of reports for tickets of a year, as their events would have made them. */
export async function seedFacts(app, { tickets }) {
  const now = app.now().getTime();
  const below = numbers(7);
  for (let from = 1; from <= tickets; from += BATCH) {
    const ids = Array.from({ length: Math.min(BATCH, tickets - from + 1) }, (_, i) => from + i);
    const opened = (id) => now - YEAR_MS + Math.round((id / tickets) * YEAR_MS) - 1;
    const events = ids.flatMap((id) => tell(id, { opened: opened(id), now, below }));
    await change(app, ({ trx }) => storeFacts(trx, events, { fresh: true }));
  }
  if (app.database.engine === 'postgres')
    for (const table of ['reporting_tickets', 'reporting_spells'])
      await app.database.writer.raw(`vacuum analyze ${table}`);
}

/** A customer writes, is answered once to four times, and most tickets are solved. */
function tell(ticketId, { opened, now, below }) {
  const events = [];
  let at = opened;
  const add = (name, payload) => {
    if (at > now) return;
    const id = ticketId * 20 + events.length;
    events.push({ id, name, at: new Date(at).toISOString(), ticketId, agentId: 1 + (ticketId % 5), payload });
  };
  add('ticket.opened', {
    category: 'new',
    lineId: 1,
    teamId: 1 + (ticketId % 3),
    assigneeId: null,
    priority: 2,
    channel: ['email', 'telegram', 'phone'][ticketId % 3],
    type: ['question', 'problem', null][ticketId % 3],
  });
  add('message.received', { auto: null });
  for (let left = below(4); left >= 0; left -= 1) {
    at += (10 + below(20) * 10) * MINUTES;
    if (left === 0) add('ticket.assigned', { to: 1 + below(5) });
    add('message.replied', { agentId: 1 + below(5) });
    add('ticket.waiting', { to: 'waiting_customer' });
    at += (10 + below(40) * 10) * MINUTES;
    add('message.received', { auto: null });
    add('ticket.reopened', { to: 'open' });
  }
  if (ticketId % 50 > 0) add('ticket.solved', { to: 'solved' });
  return events;
}
