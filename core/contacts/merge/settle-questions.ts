import type { Change } from '../../database/change.js';
import { keepUndecided, openEvidence } from '../../tickets/sender-questions.js';
import type { MergeRow } from './journal.js';

/** Two of whom it was asked which one wrote may be one now: nothing is to be decided any more. */
export async function settleQuestions(step: Change, mergeId: number): Promise<void> {
  const { trx } = step;
  const asked = await undecided(step);
  const ids = asked.map(({ id }) => id);
  await keepUndecided(step, ids);
  const settled: { id: number }[] = await trx('tickets')
    .whereIn('id', ids)
    .whereNull('undecidedSince')
    .select('id');
  const settledIds = new Set(settled.map(({ id }) => id));
  const rows = asked
    .filter(({ id }) => settledIds.has(id))
    .map(({ id: rowId, undecidedSince: before }) => ({
      mergeId,
      place: 'tickets',
      rowId,
      field: 'undecidedSince',
      before,
      after: null,
    }));
  if (rows.length > 0) await trx('contact_merge_values').insert(rows);
}

/** They are two again: what was asked of them is asked again. */
export async function reopenQuestions(
  step: Change,
  { keptId, goneId }: Pick<MergeRow, 'keptId' | 'goneId'>,
): Promise<void> {
  const open = await openEvidence(step.trx)
    .where('match_evidence.decision', 'conflict')
    .whereIn('match_evidence.candidateContactId', [keptId, goneId]);
  const asked = await undecided(step);
  await keepUndecided(step, [...open.map(({ ticketId }) => ticketId), ...asked.map(({ id }) => id)]);
}

const undecided = ({ trx }: Change): Promise<{ id: number; undecidedSince: string }[]> =>
  trx('tickets').whereNotNull('undecidedSince').select('id', 'undecidedSince');
