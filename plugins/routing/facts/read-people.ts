import type { Knex } from 'knex';
import { segmentsOfTickets } from '../segments/segments-of.js';
import { groupBy } from './group-by.js';
import type { TicketState } from './ticket-state.js';

/** Whose tickets some tickets are, as far as rules look at it. */
export interface People {
  readonly contacts: ReadonlyMap<number, { readonly name: string; readonly language: string | null }>;
  /** One a line, by contact. */
  readonly addresses: ReadonlyMap<number, string>;
  /** The first ticket of each contact. */
  readonly first: ReadonlyMap<number, number>;
  readonly hats: ReadonlyMap<number, Hat>;
  /** By contact and hat, see `hatKey`. */
  readonly segments: ReadonlyMap<string, { readonly id: number }>;
}
interface Hat {
  readonly id: number;
  readonly role: string;
  readonly organizationId: number | null;
  readonly organization: string | null;
}

/**
 * Read once for all of some tickets.
 * @param at ISO text: which hats are worn
 * @param fields of conditions: what none of them looks at is not read; left out: all is
 */
export async function readPeople(
  db: Knex,
  states: readonly Pick<TicketState, 'contactId' | 'membershipId'>[],
  at: string,
  fields?: ReadonlySet<string>,
): Promise<People> {
  const wants = (...names: readonly string[]) => !fields || names.some((name) => fields.has(name));
  const contactIds = [...new Set(states.map(({ contactId }) => contactId))];
  const hatIds = [...new Set(states.flatMap(({ membershipId }) => membershipId ?? []))];
  const [contacts, identities, first, hats, segments] = await Promise.all([
    wants('contact.name', 'contact.language') ? readContacts(db, contactIds) : [],
    wants('contact.address') ? readAddresses(db, contactIds) : [],
    wants('contact.isNew') ? readFirst(db, contactIds) : [],
    wants('hat.kind', 'hat.role', 'hat.organization') ? readHats(db, hatIds) : [],
    wants('contact.segment') ? readSegmentsOf(db, states, at) : new Map<string, never>(),
  ]);
  const addresses = groupBy(identities, ({ contactId }) => contactId);
  return {
    contacts: new Map(contacts.map(({ id, ...contact }) => [id, contact])),
    addresses: new Map(
      [...addresses].map(([id, rows]) => [id, rows.map(({ normalised }) => normalised).join('\n')]),
    ),
    first: new Map(first.map(({ contactId, id }) => [contactId, id])),
    hats: new Map(hats.map((hat) => [hat.id, hat])),
    segments,
  };
}

/** As whom somebody writes. */
export const hatKey = ({
  contactId,
  membershipId,
}: Pick<TicketState, 'contactId' | 'membershipId'>): string => `${contactId}/${membershipId ?? ''}`;

/** A ticket that is looked at in several moments may have had several hats. */
async function readSegmentsOf(
  db: Knex,
  states: readonly Pick<TicketState, 'contactId' | 'membershipId'>[],
  at: string,
): Promise<Map<string, { readonly id: number }>> {
  const worn = [...new Map(states.map((state) => [hatKey(state), state])).values()];
  const found = await segmentsOfTickets(
    db,
    worn.map(({ contactId, membershipId }, id) => ({ id, contactId, membershipId })),
    at,
  );
  return new Map([...found].flatMap(([i, segment]) => (worn[i] ? [[hatKey(worn[i]), segment]] : [])));
}

interface ContactRow {
  readonly id: number;
  readonly name: string;
  readonly language: string | null;
}

const readContacts = (db: Knex, ids: number[]): Promise<ContactRow[]> =>
  db('contacts').whereIn('id', ids).select<ContactRow[]>('id', 'name', 'language');

const readAddresses = (
  db: Knex,
  contactIds: number[],
): Promise<{ contactId: number; normalised: string }[]> =>
  db('identities').whereIn('contactId', contactIds).orderBy('id').select('contactId', 'normalised');

const readFirst = (db: Knex, contactIds: number[]): Promise<{ contactId: number; id: number }[]> =>
  db('tickets')
    .whereIn('contactId', contactIds)
    .groupBy('contactId')
    .select('contactId', db.raw('min(id) as id'));

async function readHats(db: Knex, ids: number[]): Promise<Hat[]> {
  if (ids.length === 0) return [];
  return db('memberships')
    .leftJoin('organizations', 'organizations.id', 'memberships.organizationId')
    .whereIn('memberships.id', ids)
    .select<Hat[]>(
      'memberships.id',
      'memberships.role',
      'memberships.organizationId',
      'organizations.name as organization',
    );
}
