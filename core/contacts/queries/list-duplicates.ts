import type { Knex } from 'knex';
import { parseJson } from '../../database/record.js';
import type { DuplicateReason } from '../duplicates/find-duplicates.js';

/** Two contacts that may be one person; the older one comes first. */
export interface DuplicatePair {
  readonly contactId: number;
  readonly otherId: number;
  readonly name: string;
  readonly otherName: string;
  readonly strength: 'strong' | 'weak';
  readonly reasons: readonly DuplicateReason[];
}

/** Where the next page begins: the last pair. */
export interface DuplicateCursor {
  readonly strength: 'strong' | 'weak';
  readonly contactId: number;
  readonly otherId: number;
}

/** Pairs that may be one person, strong ones first, the newest contact first, a page at a time. */
export async function listDuplicates(
  db: Knex,
  { after, limit = 50 }: { after?: DuplicateCursor; limit?: number } = {},
): Promise<DuplicatePair[]> {
  const query = db('contact_pairs')
    .join('contacts as one', 'one.id', 'contact_pairs.contactId')
    .join('contacts as two', 'two.id', 'contact_pairs.otherId')
    .orderBy([
      { column: 'strength', order: 'desc' },
      { column: 'otherId', order: 'desc' },
      { column: 'contactId', order: 'desc' },
    ])
    .limit(limit)
    .select('contactId', 'otherId', 'one.name', 'two.name as otherName', 'strength', 'reasons');
  if (after)
    void query.whereRaw('(??, ??, ??) < (?, ?, ?)', [
      'contact_pairs.strength',
      'contact_pairs.otherId',
      'contact_pairs.contactId',
      after.strength === 'strong' ? 2 : 1,
      after.otherId,
      after.contactId,
    ]);
  const rows = (await query) as (Omit<DuplicatePair, 'strength' | 'reasons'> & {
    strength: number;
    reasons: string;
  })[];
  return rows.map(({ strength, reasons, ...row }) => ({
    ...row,
    strength: strength === 2 ? 'strong' : 'weak',
    reasons: parseJson<DuplicateReason[]>(reasons, []),
  }));
}

/** How many pairs there are, counted up to `most`. */
export async function countDuplicates(db: Knex, most = 100): Promise<number> {
  const some = db('contact_pairs').select('contactId').limit(most).as('some');
  const [row] = await db.from(some).count<{ n: number | string }[]>({ n: '*' });
  return Number(row?.n ?? 0);
}
