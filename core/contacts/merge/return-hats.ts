import type { Change } from '../../database/change.js';
import type { MergeRow } from './journal.js';

const none = { membershipId: null, membershipReason: null, membershipValues: null };

/**
 * After the rows went back: what wore a folded hat wears its own again. A ticket or an address in a hat that is now
 * somebody else's has none, and is asked anew.
 * @returns how many tickets lost their hat
 */
export async function returnHats(
  { trx }: Change,
  { id: mergeId, keptId, goneId }: Pick<MergeRow, 'id' | 'keptId' | 'goneId'>,
): Promise<number> {
  const folds: { rowId: number; after: string }[] = await trx('contact_merge_values')
    .where({ mergeId, place: 'folds' })
    .select('rowId', 'after');
  for (const { rowId, after } of folds)
    for (const table of ['tickets', 'identities'])
      await trx(table)
        .where({ contactId: goneId, membershipId: Number(after) })
        .update({ membershipId: rowId });
  let lost = 0;
  for (const [contactId, otherId] of [
    [goneId, keptId],
    [keptId, goneId],
  ] as const) {
    const others = () => trx('memberships').where({ contactId: otherId }).select('id');
    lost += await trx('tickets').where({ contactId }).whereIn('membershipId', others()).update(none);
    await trx('identities')
      .where({ contactId })
      .whereIn('membershipId', others())
      .update({ membershipId: null });
  }
  return lost;
}
