import type { Knex } from 'knex';
import type { Change } from '../../database/change.js';
import type { App } from '../../database/app.js';

/** A merge as it is journalled. Kept and gone are ids of contacts. */
export interface MergeRow {
  readonly id: number;
  readonly keptId: number;
  readonly goneId: number;
  readonly mergedAt: string;
  readonly mergedBy: number | null;
  readonly undoneAt: string | null;
  readonly undoneBy: number | null;
  readonly left: string | null;
}

/** One value that a merge wrote over another. */
export interface ValueRow {
  readonly mergeId: number;
  readonly place: 'contacts' | 'memberships' | 'tickets' | 'folds';
  readonly rowId: number;
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

const MERGES_LOCK = 4_711_002;

/** Merges and undos happen one after the other, so that each sees what the one before it did. */
export async function oneMergeAtATime({ database }: App, { trx }: Change): Promise<void> {
  if (database.engine === 'postgres') await trx.raw('select pg_advisory_xact_lock(?)', [MERGES_LOCK]);
}

/** Holds a contact against everybody who writes its id. */
export async function holdAgainstAll({ trx }: Change, contactId: number): Promise<void> {
  if (trx.client.config.client !== 'pg') return;
  await trx('contacts').where({ id: contactId }).forUpdate().first('id');
}

/** Notes which rows of a query a merge moves; the query selects nothing yet. */
export async function noteRows(
  trx: Knex.Transaction,
  {
    mergeId,
    place,
    rows,
    id = 'id',
  }: { mergeId: number; place: string; rows: Knex.QueryBuilder; id?: string },
): Promise<void> {
  const named = [trx.raw('cast(? as bigint)', [mergeId]), trx.raw('cast(? as text)', [place]), id] as const;
  const into = trx.raw('?? (??, ??, ??)', ['contactMergeRows', 'mergeId', 'place', 'rowId']);
  await trx(into).insert(rows.select(...named));
}

/**
 * Ids of the rows that a merge moved, for a condition; without those that somebody took away and a later merge brought
 * back: these are that merge's.
 */
export function notedRows(
  db: Knex,
  { merge: { id: mergeId, keptId }, place }: { merge: Pick<MergeRow, 'id' | 'keptId'>; place: string },
): Knex.QueryBuilder {
  const later = db('contact_merge_rows as later')
    .join('contact_merges', 'contact_merges.id', 'later.mergeId')
    .where({ 'contact_merges.keptId': keptId, 'later.place': place })
    .where('contact_merges.id', '>', mergeId)
    .whereNull('contact_merges.undoneAt')
    .select('later.rowId');
  return db('contact_merge_rows').where({ mergeId, place }).whereNotIn('rowId', later).select('rowId');
}
