import type { Knex } from 'knex';
import type { Engine } from './connect.js';
import type { Actor, EventName } from '../hooks/catalogue.js';

export interface NewEvent {
  name: EventName;
  payload: object & { actor: Actor; ticketId?: number; contactId?: number };
}

/** The version of the payloads' shapes. Fields are only ever added; a change of meaning needs a new name. */
const EVENT_VERSION = 1;

// SQLite takes no more than 500 rows in one statement.
const AT_A_TIME = 400;

/** Appends to the log that is timeline, audit, live feed and source of every report at once. */
export function appendEvents(
  trx: Knex.Transaction,
  at: string,
  events: readonly NewEvent[],
  engine: Engine,
): Promise<void> {
  return appendEventsAt(
    trx,
    events.map((event) => ({ ...event, at })),
    engine,
  );
}

/** The same with a time of their own: history is taken in long after it happened. */
export async function appendEventsAt(
  trx: Knex.Transaction,
  events: readonly (NewEvent & { at: string })[],
  engine: Engine,
): Promise<void> {
  for (let from = 0; from < events.length; from += AT_A_TIME)
    await trx('events').insert(events.slice(from, from + AT_A_TIME).map(toRow));
  // Other processes hear of it at commit.
  if (engine === 'postgres') await trx.raw('notify helpdesk_events');
}

function toRow({ name, at, payload: { actor, ...payload } }: NewEvent & { at: string }) {
  return {
    name,
    version: EVENT_VERSION,
    at,
    actorKind: actor.kind,
    actorId: String(actor.id),
    door: actor.door ?? null,
    ticketId: payload.ticketId ?? null,
    contactId: payload.contactId ?? null,
    payload: JSON.stringify(payload),
  };
}
