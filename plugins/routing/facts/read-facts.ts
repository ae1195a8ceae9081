import type { HostApp } from '@helpdesk/core';
import type { Facts } from '../conditions/evaluate.js';
import type { TicketField } from '../conditions/fields.js';
import { readPeople } from './read-people.js';
import { readStates } from './read-states.js';
import { toFacts } from './to-facts.js';

/**
 * What some conditions look at, of a ticket as it is now; nothing else is read. Undefined: there is no such ticket.
 * @param fields of the conditions
 */
export async function readFacts(
  app: HostApp,
  ticketId: number,
  fields: ReadonlySet<string>,
): Promise<Facts | undefined> {
  const state = (await readStates(app.db, [ticketId], fields)).get(ticketId);
  if (!state) return undefined;
  const at = app.now();
  const people = await readPeople(app.db, [state], at.toISOString(), fields);
  const facts = toFacts(state, { people, at, timeZone: app.company.timeZone });
  return Object.fromEntries([...fields].map((field) => [field, facts[field as TicketField] ?? null]));
}
