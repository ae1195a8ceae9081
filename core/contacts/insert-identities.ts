import type { Change } from '../database/change.js';
import { errors } from '../errors/errors.js';
import type { NewIdentity } from './actions/add-contact.js';

/**
 * Gives a contact its addresses inside a change.
 * @returns their ids, in the order given
 * @throws IDENTITY_TAKEN with the contact that has one, also when it got it at the same moment
 */
export async function insertIdentities(
  { trx, at }: Change,
  contactId: number,
  identities: readonly NewIdentity[],
): Promise<number[]> {
  const ids: number[] = [];
  for (const identity of identities) {
    const [row] = await trx('identities')
      .insert({ label: null, ...identity, contactId, createdAt: at })
      .onConflict(['kind', 'normalised'])
      .ignore()
      .returning<{ id: number }[]>('id');
    if (!row) throw await takenBy(trx, identity);
    ids.push(row.id);
  }
  return ids;
}

async function takenBy(trx: Change['trx'], { kind, normalised, value }: NewIdentity): Promise<Error> {
  const owner: { contactId: number } | undefined = await trx('identities')
    .where({ kind, normalised })
    .first('contactId');
  return errors.IDENTITY_TAKEN({ value, contactId: owner?.contactId ?? 0 });
}
