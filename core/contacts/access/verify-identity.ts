import type { Change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import type { IdentityRecord } from '../models/identity.js';

/** Notes that its owner proved an address; says so the first time. */
export async function verifyIdentity(
  { trx, at, announce }: Pick<Change, 'trx' | 'at' | 'announce'>,
  {
    identity,
    actor,
  }: { identity: Pick<IdentityRecord, 'id' | 'contactId' | 'kind' | 'verifiedAt'>; actor: Actor },
): Promise<void> {
  if (identity.verifiedAt !== null) return;
  await trx('identities').where({ id: identity.id }).update({ verifiedAt: at });
  const { id: identityId, contactId, kind } = identity;
  announce('identity.verified', { contactId, identityId, kind, actor });
}
