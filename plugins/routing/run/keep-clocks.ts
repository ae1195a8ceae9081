import type { LoggedEvent, Toolbox } from '@helpdesk/core';
import type { Knex } from 'knex';

type Tools = Pick<Toolbox<unknown, unknown, unknown, unknown, never>, 'followInBatches'>;

/** What moves the clocks of a ticket. */
export const CLOCK_EVENTS = [
  'ticket.opened',
  'message.received',
  'message.replied',
  'message.noted',
  'ticket.assigned',
  'ticket.transferred',
  'ticket.prioritised',
  'ticket.typed',
  'ticket.renamed',
  'ticket.lineChanged',
  'ticket.hatChanged',
  'ticket.dueChanged',
  'ticket.tagged',
  'ticket.untagged',
  'ticket.snoozed',
  'ticket.waiting',
  'ticket.reopened',
  'ticket.solved',
  'ticket.closed',
] as const;
type ClockEvent = LoggedEvent<(typeof CLOCK_EVENTS)[number]>;

interface Clock {
  touchedAt?: string;
  waitingFrom?: string | null;
}

/** Derives from the log when each ticket was last touched by a person and since when it waits; from its beginning. */
export function keepClocks({ followInBatches }: Tools): void {
  followInBatches(CLOCK_EVENTS, (batch, { trx }) => fold(batch, trx), {
    name: 'clocks',
    from: 'beginning',
    size: 1000,
  });
}

async function fold(batch: readonly ClockEvent[], trx: Knex.Transaction): Promise<void> {
  const clocks = new Map<number, Clock>();
  for (const event of batch) {
    const { ticketId } = event.payload;
    const clock = clocks.get(ticketId) ?? {};
    clocks.set(ticketId, Object.assign(clock, changeBy(event)));
  }
  for (const [ticketId, clock] of clocks) {
    if (Object.keys(clock).length === 0) continue;
    const first = batch.find(({ payload }) => payload.ticketId === ticketId);
    await trx('routing_clocks')
      .insert({ touchedAt: first?.at.toISOString(), ...clock, ticketId })
      .onConflict('ticketId')
      .merge(clock);
  }
}

/** What a machine does touches nothing; a move of the status counts whoever made it. */
function changeBy({ name, payload, at }: ClockEvent): Clock {
  const time = at.toISOString();
  const isPerson = payload.actor.kind === 'agent' || payload.actor.kind === 'contact';
  const touched: Clock = isPerson || name === 'ticket.opened' ? { touchedAt: time } : {};
  if (name === 'ticket.waiting') return { ...touched, waitingFrom: time };
  const moves = ['ticket.reopened', 'ticket.solved', 'ticket.closed'].includes(name);
  return moves ? { ...touched, waitingFrom: null } : touched;
}
