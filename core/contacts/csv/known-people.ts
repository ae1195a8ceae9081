import type { Knex } from 'knex';
import { wornAt } from '../worn-at.js';
import { Overtaken } from './overtaken.js';
import type { ContactRow } from './read-contact-row.js';
import { eachChunk } from './each-chunk.js';

export interface KnownContact {
  readonly id: number;
  readonly name: string;
  readonly language: string | null;
  readonly timeZone: string | null;
  readonly note: string;
  readonly version: number;
}
export interface KnownHat {
  readonly id: number;
  readonly contactId: number;
  readonly organizationId: number | null;
  readonly role: string;
  readonly title: string | null;
}

/** What the desk knows of the people of a few rows. */
export interface KnownPeople {
  /** Whose an identity is, by `kind:normalised`. */
  readonly owners: ReadonlyMap<string, number>;
  readonly contacts: ReadonlyMap<number, KnownContact>;
  /** Ids from elsewhere that a contact has. */
  readonly externals: ReadonlyMap<number, readonly string[]>;
  /** Hats that are worn now. */
  readonly hats: ReadonlyMap<number, readonly KnownHat[]>;
}

export const identityKey = ({ kind, normalised }: { kind: string; normalised: string }): string =>
  `${kind}:${normalised}`;

/**
 * Looks up whom rows are about. Contacts that were merged into others are nobody.
 * @throws Overtaken when somebody was merged between two of the questions
 * @param hold called with the ids before they are read, to keep merges away
 */
export async function findKnownPeople(
  db: Knex,
  rows: readonly ContactRow[],
  { at, hold }: { at: string; hold?: (ids: readonly number[]) => Promise<void> },
): Promise<KnownPeople> {
  const owners = await findOwners(db, rows);
  const named = rows.flatMap(({ contactId }) => contactId ?? []);
  const ids = [...new Set([...owners.values(), ...named])].toSorted((a, b) => a - b);
  await hold?.(ids);
  const [contacts, externals, hats] = [new Map(), new Map(), new Map()] as [
    Map<number, KnownContact>,
    Map<number, string[]>,
    Map<number, KnownHat[]>,
  ];
  await eachChunk(ids, async (some) => {
    const found: KnownContact[] = await db('contacts')
      .whereIn('id', some)
      .whereNull('mergedIntoId')
      .select('id', 'name', 'language', 'timeZone', 'note', 'version');
    for (const contact of found) contacts.set(contact.id, contact);
    const keys: { contactId: number; normalised: string }[] = await db('identities')
      .whereIn('contactId', some)
      .where('kind', 'external')
      .select('contactId', 'normalised');
    for (const { contactId, normalised } of keys) push(externals, contactId, normalised);
    const worn: KnownHat[] = await db('memberships')
      .whereIn('contactId', some)
      .modify((query) => wornAt(query, at))
      .orderBy('id')
      .select('id', 'contactId', 'organizationId', 'role', 'title');
    for (const hat of worn) push(hats, hat.contactId, hat);
  });
  if ([...owners.values()].some((id) => !contacts.has(id))) throw new Overtaken();
  return { owners, contacts, externals, hats };
}

async function findOwners(db: Knex, rows: readonly ContactRow[]): Promise<Map<string, number>> {
  const byKind = new Map<string, string[]>();
  for (const { kind, normalised } of rows.flatMap(({ identities }) => identities))
    push(byKind, kind, normalised);
  const owners = new Map<string, number>();
  for (const [kind, values] of byKind)
    await eachChunk(values, async (some) => {
      const found: { normalised: string; contactId: number }[] = await db('identities')
        .where({ kind })
        .whereIn('normalised', some)
        .select('normalised', 'contactId');
      for (const { normalised, contactId } of found) owners.set(identityKey({ kind, normalised }), contactId);
    });
  return owners;
}

function push<K, V>(into: Map<K, V[]>, key: K, value: V): void {
  const list = into.get(key);
  if (list) list.push(value);
  else into.set(key, [value]);
}
