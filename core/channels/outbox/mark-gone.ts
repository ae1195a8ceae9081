import type { Change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';

const system: Actor = { kind: 'system', id: 'outbox' };

/** Nobody is reached at this address any more: its contact's page says so. */
export async function markGone(
  { trx, at, announce }: Change,
  { kind, recipient }: { kind: string; recipient: string },
): Promise<void> {
  const [identity] = await trx('identities')
    .where({ kind, normalised: recipient.toLowerCase() })
    .update({ failedAt: at })
    .returning<{ id: number; contactId: number }[]>(['id', 'contactId']);
  if (!identity) return;
  const { id: identityId, contactId } = identity;
  announce('identity.failed', { contactId, identityId, kind, actor: system });
}
