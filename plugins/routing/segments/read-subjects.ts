import type { Knex } from 'knex';
import type { Facts } from '../conditions/evaluate.js';
import { groupBy } from '../facts/group-by.js';

const YEAR_MS = 365 * 24 * 3_600_000;

export interface Subject {
  readonly id: number;
  readonly facts: Facts;
}

interface HatRow {
  readonly contactId: number;
  readonly organizationId: number | null;
  readonly role: string;
  readonly name: string | null;
  readonly domain: string | null;
  readonly note: string | null;
}

const worn = (db: Knex, at: string) =>
  db('memberships')
    .leftJoin('organizations', 'organizations.id', 'memberships.organizationId')
    .where((now) => void now.whereNull('memberships.validTo').orWhere('memberships.validTo', '>', at));

/** Contacts as rules of segments see them; of several organizations all are looked at. */
export async function readContacts(db: Knex, ids: readonly number[], at: string): Promise<Subject[]> {
  const some = [...ids];
  const [contacts, identities, hats, counts] = await Promise.all([
    db('contacts')
      .whereIn('id', some)
      .select<{ id: number; name: string; language: string | null; note: string }[]>(
        'id',
        'name',
        'language',
        'note',
      ),
    db('identities')
      .whereIn('contactId', some)
      .select<{ contactId: number; normalised: string }[]>('contactId', 'normalised'),
    worn(db, at)
      .whereIn('memberships.contactId', some)
      .select<HatRow[]>(
        'memberships.contactId',
        'memberships.organizationId',
        'memberships.role',
        'organizations.name',
        'organizations.domain',
        'organizations.note',
      ),
    db('tickets')
      .whereIn('contactId', some)
      .where('openedAt', '>', yearBefore(at))
      .groupBy('contactId')
      .select<{ id: number; n: number }[]>('contactId as id', db.raw('count(*) as n')),
  ]);
  const addresses = groupBy(identities, ({ contactId }) => contactId);
  const hatsOf = groupBy(hats, ({ contactId }) => contactId);
  const year = new Map(counts.map(({ id, n }) => [id, Number(n)]));
  return contacts.map(({ id, name, language, note }) => {
    const mine = hatsOf.get(id) ?? [];
    return {
      id,
      facts: {
        'contact.name': name,
        'contact.language': language,
        'contact.note': note,
        'contact.address': lines((addresses.get(id) ?? []).map(({ normalised }) => normalised)),
        'hat.role': lines(mine.map(({ role }) => role)),
        'organization.name': lines(mine.map((hat) => hat.name)),
        'organization.domain': lines(mine.map((hat) => hat.domain)),
        'organization.note': lines(mine.map((hat) => hat.note)),
        'tickets.year': year.get(id) ?? 0,
      },
    };
  });
}

/** Organizations as rules of segments see them. */
export async function readOrganizations(db: Knex, ids: readonly number[], at: string): Promise<Subject[]> {
  const some = [...ids];
  const [organizations, members, counts] = await Promise.all([
    db('organizations')
      .whereIn('id', some)
      .select<{ id: number; name: string; domain: string | null; note: string }[]>(
        'id',
        'name',
        'domain',
        'note',
      ),
    worn(db, at)
      .whereIn('memberships.organizationId', some)
      .groupBy('memberships.organizationId')
      .select<{ id: number; n: number }[]>('memberships.organizationId as id', db.raw('count(*) as n')),
    db('tickets')
      .join('memberships', 'memberships.id', 'tickets.membershipId')
      .whereIn('memberships.organizationId', some)
      .where('tickets.openedAt', '>', yearBefore(at))
      .groupBy('memberships.organizationId')
      .select<{ id: number; n: number }[]>('memberships.organizationId as id', db.raw('count(*) as n')),
  ]);
  const size = new Map(members.map(({ id, n }) => [id, Number(n)]));
  const year = new Map(counts.map(({ id, n }) => [id, Number(n)]));
  return organizations.map(({ id, name, domain, note }) => ({
    id,
    facts: {
      'organization.name': name,
      'organization.domain': domain ?? '',
      'organization.note': note,
      'organization.members': size.get(id) ?? 0,
      'tickets.year': year.get(id) ?? 0,
    },
  }));
}

const lines = (texts: readonly (string | null)[]) => texts.filter(Boolean).join('\n');
const yearBefore = (at: string) => new Date(Date.parse(at) - YEAR_MS).toISOString();
