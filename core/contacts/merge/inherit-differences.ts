import type { Change } from '../../database/change.js';
import { forgetDifference, noteDifference } from '../note-difference.js';
import type { MergeRow } from './journal.js';

type Merge = Pick<MergeRow, 'id' | 'keptId' | 'goneId'>;

/** Who is not the one that went is not the kept one either; what is new is noted for the undo. */
export async function inheritDifferences(
  step: Change,
  { id: mergeId, keptId, goneId }: Merge,
): Promise<void> {
  const { trx } = step;
  const said: { contactId: number; otherId: number; saidBy: number | null }[] = await trx(
    'contact_differences',
  )
    .where({ contactId: goneId })
    .orWhere({ otherId: goneId })
    .select('contactId', 'otherId', 'saidBy');
  for (const { contactId, otherId, saidBy } of said) {
    const third = contactId === goneId ? otherId : contactId;
    if (third === keptId) continue;
    if (await noteDifference(step, { contactId: keptId, otherId: third, saidBy }))
      await trx('contact_merge_rows').insert({ mergeId, place: 'contact_differences', rowId: third });
  }
}

/** Takes back what the kept one inherited. */
export async function returnDifferences(step: Change, { id: mergeId, keptId }: Merge): Promise<void> {
  const inherited: { rowId: number }[] = await step
    .trx('contact_merge_rows')
    .where({ mergeId, place: 'contact_differences' })
    .select('rowId');
  for (const { rowId } of inherited) await forgetDifference(step, keptId, rowId);
}
