import type { Change } from '../../database/change.js';
import type { MembershipRecord } from '../models/membership.js';
import type { MergeRow, ValueRow } from './journal.js';

/**
 * Hats that both wear become one: same organization and role, no two different titles. The kept one's hat is the one,
 * from the earlier day on; tickets and addresses of the other follow. The other hat stays with who went, for the undo.
 * @returns ids of the hats that stay behind
 */
export async function foldHats(
  { trx }: Change,
  { id: mergeId, keptId, goneId }: Pick<MergeRow, 'id' | 'keptId' | 'goneId'>,
): Promise<number[]> {
  const worn = (contactId: number): Promise<MembershipRecord[]> =>
    trx('memberships').where({ contactId }).whereNull('validTo').orderBy('id').select();
  const own = await worn(keptId);
  const folded: number[] = [];
  for (const hat of await worn(goneId)) {
    const index = own.findIndex((one) => isSame(one, hat));
    const into = own[index];
    if (!into) continue;
    folded.push(hat.id);
    const patch = joined(into, hat);
    own[index] = { ...into, ...patch };
    if (Object.keys(patch).length > 0) await trx('memberships').where({ id: into.id }).update(patch);
    const values: ValueRow[] = Object.entries(patch).map(([field, after]) => ({
      mergeId,
      place: 'memberships',
      rowId: into.id,
      field,
      before: into[field as keyof typeof patch],
      after,
    }));
    const fold: ValueRow = {
      mergeId,
      place: 'folds',
      rowId: hat.id,
      field: 'into',
      before: null,
      after: String(into.id),
    };
    await trx('contact_merge_values').insert([fold, ...values].map((value) => ({ ...value })));
    for (const table of ['tickets', 'identities'])
      await trx(table).where({ membershipId: hat.id }).update({ membershipId: into.id });
  }
  return folded;
}

type Hat = Pick<MembershipRecord, 'organizationId' | 'role' | 'title' | 'validFrom'>;

const isSame = (a: Hat, b: Hat) =>
  a.organizationId === b.organizationId && a.role === b.role && (!a.title || !b.title || a.title === b.title);

function joined(into: Hat, hat: Hat): Partial<Record<'validFrom' | 'title', string>> {
  return {
    ...(hat.validFrom < into.validFrom ? { validFrom: hat.validFrom } : {}),
    ...(!into.title && hat.title ? { title: hat.title } : {}),
  };
}
