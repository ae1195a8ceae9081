import type { Knex } from 'knex';
import { parseJson } from '../../database/record.js';
import { errors } from '../../errors/errors.js';
import type { LeftByUnmerge } from '../actions/unmerge-contacts.js';
import { notedRows, type MergeRow } from '../merge/journal.js';
import { places, type MergePlace } from '../merge/places.js';
import { judgeValues } from '../merge/return-values.js';

const DAY_MS = 24 * 3_600_000;
/** How long a merge can be undone. */
export const UNMERGE_DAYS = 30;

/** A merge, and what an undo would do now. */
export interface MergeRecord extends Omit<MergeRow, 'left'> {
  /** Until when it can be undone, ISO text. */
  readonly undoableUntil: string;
  /** Why it cannot be undone: `core.merge.undone`, `core.merge.tooOld`, `core.merge.keptMerged`; null: it can. */
  readonly because: string | null;
  /** The merge of the kept one, which is undone before this one; null: there is none. */
  readonly undoFirst: number | null;
  /** How many rows went over with the merge, by table. */
  readonly moved: Readonly<Partial<Record<MergePlace, number>>>;
  /** What could not go back, or would not now; hats are known afterwards only. */
  readonly left: LeftByUnmerge;
}

/** @throws MERGE_UNKNOWN */
export async function findMergeRow(db: Knex, mergeId: number): Promise<MergeRow> {
  const merge: MergeRow | undefined = await db('contact_merges').where({ id: mergeId }).first();
  if (!merge) throw errors.MERGE_UNKNOWN();
  return merge;
}

/** @throws MERGE_UNKNOWN */
export async function findMerge(
  db: Knex,
  { mergeId, now }: { mergeId: number; now: Date },
): Promise<MergeRecord> {
  const { left, ...merge } = await findMergeRow(db, mergeId);
  const [because, moved, first] = await Promise.all([
    whyNotUndone(db, { merge, now }),
    countMoved(db, { mergeId }),
    db('contact_merges')
      .where({ goneId: merge.keptId })
      .whereNull('undoneAt')
      .first<{ id: number } | undefined>('id'),
  ]);
  return {
    ...merge,
    undoableUntil: undoableUntil(merge),
    because,
    undoFirst: first?.id ?? null,
    moved,
    left: merge.undoneAt
      ? parseJson(left, { rows: {}, fields: [], hats: 0 })
      : await leftNow(db, { merge, moved }),
  };
}

/** A text key, or null when the merge can be undone. */
export async function whyNotUndone(
  db: Knex,
  { merge, now }: { merge: Pick<MergeRow, 'undoneAt' | 'mergedAt' | 'keptId'>; now: Date },
): Promise<string | null> {
  if (merge.undoneAt) return 'core.merge.undone';
  if (undoableUntil(merge) < now.toISOString()) return 'core.merge.tooOld';
  const kept: { mergedIntoId: number | null } | undefined = await db('contacts')
    .where({ id: merge.keptId })
    .first('mergedIntoId');
  return kept?.mergedIntoId === null ? null : 'core.merge.keptMerged';
}

export const undoableUntil = ({ mergedAt }: Pick<MergeRow, 'mergedAt'>): string =>
  new Date(Date.parse(mergedAt) + UNMERGE_DAYS * DAY_MS).toISOString();

async function countMoved(db: Knex, { mergeId }: { mergeId: number }): Promise<MergeRecord['moved']> {
  const rows: { place: MergePlace; n: number | string }[] = await db('contact_merge_rows')
    .where({ mergeId })
    .whereIn(
      'place',
      places.map(({ table }) => table),
    )
    .groupBy('place')
    .select('place')
    .count({ n: '*' });
  return Object.fromEntries(rows.map(({ place, n }) => [place, Number(n)]));
}

async function leftNow(
  db: Knex,
  { merge, moved }: { merge: Pick<MergeRow, 'id' | 'keptId'>; moved: MergeRecord['moved'] },
): Promise<MergeRecord['left']> {
  const rows: Partial<Record<MergePlace, number>> = {};
  for (const { table, column } of places) {
    if (!moved[table]) continue;
    const [there] = await db(table)
      .where({ [column]: merge.keptId })
      .whereIn('id', notedRows(db, { merge, place: table }))
      .count<{ n: number | string }[]>({ n: '*' });
    const missing = moved[table] - Number(there?.n ?? 0);
    if (missing > 0) rows[table] = missing;
  }
  const judged = await judgeValues(db, merge.id);
  const fields = judged.filter(({ place, fate }) => place === 'contacts' && fate === 'left');
  return { rows, fields: fields.map(({ field }) => field), hats: 0 };
}
