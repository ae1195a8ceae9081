import type { Actor, EventName, Given } from '../hooks/catalogue.js';
import type { EventRow } from './event-rows.js';

export interface Logged {
  readonly eventId: number;
  readonly at: Date;
}
/** An event from the log, as followers get it. */
export type LoggedEvent<N extends EventName = EventName> = {
  [K in N]: Logged & { readonly name: K; readonly payload: Given<K> };
}[N];

/** Reads a row of the log. Only `change` writes there, in the shapes of the catalogue. */
export function parseEvent<N extends EventName = EventName>(row: EventRow): LoggedEvent<N> {
  const payload = parsePayload(row.payload);
  payload['actor'] = actorOf(row);
  const event = { eventId: row.id, at: new Date(row.at), name: row.name, payload };
  // The payload was typed by its name when it was announced; a column cannot carry that.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return event as unknown as LoggedEvent<N>;
}

/** The facts of an event. */
export function parsePayload(text: string): Record<string, unknown> {
  const facts: unknown = JSON.parse(text);
  return isRecord(facts) ? facts : {};
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Who did it; agents and contacts by number, plugins and the system by name. */
export function actorOf({ actorKind: kind, actorId, door }: EventRow): Actor {
  const id = kind === 'agent' || kind === 'contact' ? Number(actorId) : actorId;
  return door === null ? { kind, id } : { kind, id, door };
}
