import type { Knex } from 'knex';
import { listDifferences } from '../note-difference.js';
import { compareNames } from './compare-names.js';

/** Why two contacts may be one person; `core.duplicate.<reason>` says it in words. */
export type DuplicateReason =
  | 'claimed'
  | 'phone'
  | 'mailbox'
  | 'name'
  | 'spelling'
  | 'similar'
  | 'organization'
  | 'domain';

export interface DuplicateRecord {
  readonly contactId: number;
  readonly name: string;
  readonly strength: 'strong' | 'weak';
  readonly reasons: readonly DuplicateReason[];
}

const LOOKED_AT_MOST = 200;
const FOUND_MOST = 20;

/**
 * Who may be the same person as a contact, the likeliest first, at most 20. Strong: one of them has proven an
 * address that stands on the other's card, the same number or mailbox in another notation, or the same name (in any alphabet and order) with the same organization or company domain. Weak: the
 * same full name alone, or a similar one with the same organization or domain. Reads only contacts that share a key.
 * Those of whom somebody said that they are different people are left out.
 */
export async function findDuplicates(db: Knex, contactId: number): Promise<DuplicateRecord[]> {
  const [own, keys] = await Promise.all([
    db('contacts').where({ id: contactId }).first<{ name: string } | undefined>('name'),
    db('contact_keys').where({ contactId }).select<{ key: string }[]>('key'),
  ]);
  if (!own || keys.length === 0) return [];
  const isNear = (key: string) => key.startsWith('at:') || key.startsWith('in:');
  const all = keys.map(({ key }) => key);
  // What is rare and telling is read first: a big company has many Ivans.
  const shared = [
    ...(await sharing(
      db,
      all.filter((key) => !isNear(key)),
    )),
    ...(await sharing(db, all.filter(isNear))),
  ];
  const others = await namesOf(db, { contactId, shared });
  return group(shared, others)
    .flatMap((other) => judge(own.name, other) ?? [])
    .toSorted((a, b) => rank(b) - rank(a) || b.contactId - a.contactId)
    .slice(0, FOUND_MOST);
}

interface Shared {
  contactId: number;
  key: string;
}

/** By the index of keys alone; a contact that went has none. */
async function sharing(db: Knex, keys: string[]): Promise<Shared[]> {
  if (keys.length === 0) return [];
  return db('contact_keys').whereIn('key', keys).limit(LOOKED_AT_MOST).select<Shared[]>('contactId', 'key');
}

/** Names of those who share a key, but for the contact itself and for whom it is known not to be. */
async function namesOf(
  db: Knex,
  { contactId, shared }: { contactId: number; shared: readonly Shared[] },
): Promise<Map<number, string>> {
  const different = await listDifferences(db, contactId);
  const ids = [...new Set(shared.map((one) => one.contactId))].filter(
    (id) => id !== contactId && !different.has(id),
  );
  if (ids.length === 0) return new Map();
  const rows: { id: number; name: string; mergedIntoId: number | null }[] = await db('contacts')
    .whereIn('id', ids)
    .select('id', 'name', 'mergedIntoId');
  return new Map(rows.filter(({ mergedIntoId }) => mergedIntoId === null).map(({ id, name }) => [id, name]));
}

interface Other {
  readonly contactId: number;
  readonly name: string;
  readonly kinds: ReadonlySet<string>;
}

function group(shared: readonly Shared[], names: ReadonlyMap<number, string>): Other[] {
  const kinds = new Map<number, Set<string>>();
  for (const { contactId, key } of shared) {
    const known = kinds.get(contactId) ?? new Set();
    kinds.set(contactId, known.add(key.slice(0, key.indexOf(':'))));
  }
  return [...names].map(([contactId, name]) => ({
    contactId,
    name,
    kinds: kinds.get(contactId) ?? new Set(),
  }));
}

function judge(name: string, { contactId, name: other, kinds }: Other): DuplicateRecord | undefined {
  const likeness = compareNames(name, other);
  const isNear = kinds.has('at') || kinds.has('in');
  const isSameName = likeness === 'name' || likeness === 'spelling';
  const isSure = kinds.has('claim') || kinds.has('phone') || kinds.has('mailbox');
  if (!isSure && !(isSameName && (isNear || kinds.has('name'))) && !(likeness === 'similar' && isNear))
    return undefined;
  const reasons: DuplicateReason[] = [
    ...(kinds.has('claim') ? (['claimed'] as const) : []),
    ...(['phone', 'mailbox'] as const).filter((kind) => kinds.has(kind)),
    ...(likeness ? [likeness] : []),
    ...(kinds.has('in') ? (['organization'] as const) : []),
    ...(kinds.has('at') ? (['domain'] as const) : []),
  ];
  return { contactId, name: other, strength: isSure || (isSameName && isNear) ? 'strong' : 'weak', reasons };
}

const rank = ({ strength, reasons }: DuplicateRecord) => (strength === 'strong' ? 10 : 0) + reasons.length;
