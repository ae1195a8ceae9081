import type { LoggedEvent, Toolbox } from '@helpdesk/core';
import { FACT_EVENTS, type FactEvent } from './fold-event.js';
import { storeFacts } from './store-facts.js';

type Tools = Pick<Toolbox<unknown, unknown, unknown, unknown, never>, 'followInBatches'>;

/** Keeps the facts by following the log from its beginning, whenever the plugin was switched on. */
export function keepFacts({ followInBatches }: Tools): void {
  followInBatches(FACT_EVENTS, (batch, { trx }) => storeFacts(trx, batch.map(toFactEvent)), {
    name: 'facts',
    from: 'beginning',
    size: 5000,
  });
}

function toFactEvent({ eventId, name, at, payload }: LoggedEvent<(typeof FACT_EVENTS)[number]>): FactEvent {
  const { actor, ticketId, ...facts } = payload;
  return {
    id: eventId,
    name,
    at: at.toISOString(),
    ticketId,
    agentId: actor.kind === 'agent' ? Number(actor.id) : null,
    payload: facts,
  };
}
