import type { Knex } from 'knex';
import { undoableUntil } from './find-merge.js';

/** A line of the list of merges. */
export interface MergeLine {
  readonly id: number;
  readonly keptId: number;
  readonly goneId: number;
  readonly keptName: string;
  readonly goneName: string;
  readonly mergedAt: string;
  /** An agent's id; null: not by an agent. */
  readonly mergedBy: number | null;
  readonly undoneAt: string | null;
  readonly undoableUntil: string;
  /** The kept one was merged into another one since: that merge is undone first. */
  readonly isKeptMerged: boolean;
}

export interface ListMerges {
  /** Merges into this contact, as far as they stand. */
  keptId?: number;
  /** Only merges that are younger, ISO text. */
  since?: string;
  /** The last row of the page before. */
  before?: number;
  limit?: number;
}

/** Merges, newest first, a page at a time. */
export async function listMerges(
  db: Knex,
  { keptId, since, before, limit = 50 }: ListMerges = {},
): Promise<MergeLine[]> {
  const query = db('contact_merges')
    .join('contacts as kept', 'kept.id', 'contact_merges.keptId')
    .join('contacts as gone', 'gone.id', 'contact_merges.goneId')
    .orderBy('contact_merges.id', 'desc')
    .limit(limit)
    .select(
      'contact_merges.id',
      'keptId',
      'goneId',
      'kept.name as keptName',
      'gone.name as goneName',
      'mergedAt',
      'mergedBy',
      'undoneAt',
      'kept.mergedIntoId as into',
    );
  if (keptId !== undefined) void query.where({ keptId }).whereNull('undoneAt');
  if (since !== undefined) void query.where('mergedAt', '>=', since);
  if (before !== undefined) void query.where('contact_merges.id', '<', before);
  const rows = (await query) as (Omit<MergeLine, 'undoableUntil' | 'isKeptMerged'> & {
    into: number | null;
  })[];
  return rows.map(({ into, ...row }) => ({
    ...row,
    undoableUntil: undoableUntil(row),
    isKeptMerged: into !== null,
  }));
}
