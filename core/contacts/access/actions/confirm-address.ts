import { isToken } from '../../../agents/models/agent-token.js';
import type { App } from '../../../database/app.js';
import { change, type Change } from '../../../database/change.js';
import { hashToken } from '../../../database/keys.js';
import type { Actor } from '../../../hooks/catalogue.js';
import { reindexContact } from '../../actions/add-contact.js';
import { noteClaim } from '../../duplicates/note-claim.js';
import { holdContact } from '../../hold-contact.js';
import type { IdentityRecord } from '../../models/identity.js';
import { takeLink } from '../insert-link.js';
import type { Visitor } from '../models/visitor.js';
import { verifyIdentity } from '../verify-identity.js';

export interface ConfirmAddress {
  readonly token: string;
  /** Who is signed in where the link was opened. */
  readonly visitor: Visitor;
  readonly actor: Actor;
}

/** `taken`: it stands on another card, and nothing was changed; an agent can merge the two. */
export type ConfirmAnswer = 'added' | 'taken' | 'invalid';

/**
 * Adds the address a link was sent to to the profile that asked for it. Only the person who asked can: the link alone,
 * in the hands of the address's owner, would give a stranger their letters.
 */
export async function confirmAddress(
  app: App,
  { token, visitor, actor }: ConfirmAddress,
): Promise<ConfirmAnswer> {
  if (!isToken(token)) return 'invalid';
  return change(app, async (step) => {
    const hash = hashToken(token);
    const asked: unknown = await step
      .trx('contact_links')
      .where({ hash, contactId: visitor.contactId })
      .first('hash');
    const link = asked ? await takeLink(step, { hash, purpose: 'confirm' }) : undefined;
    if (!link) return 'invalid';
    const contactId = await holdContact(step, visitor.contactId);
    return give(app, step, { contactId, address: link.address, actor });
  });
}

async function give(
  app: App,
  step: Change,
  { contactId, address, actor }: { contactId: number; address: string; actor: Actor },
): Promise<ConfirmAnswer> {
  const known = await step
    .trx('identities')
    .where({ kind: 'email', normalised: address })
    .first<Pick<IdentityRecord, 'id' | 'contactId' | 'kind' | 'verifiedAt'> | undefined>(
      'id',
      'contactId',
      'kind',
      'verifiedAt',
    );
  if (known && known.contactId !== contactId) {
    const { id: identityId, contactId: otherId } = known;
    await noteClaim(step, { contactId, otherId, identityId });
    step.announce('contact.addressClaimed', { contactId, otherId, identityId, actor });
    return 'taken';
  }
  if (known) {
    await verifyIdentity(step, { identity: known, actor });
    return 'added';
  }
  const row = { contactId, kind: 'email', value: address, normalised: address, label: null };
  const [added] = await step
    .trx('identities')
    .insert({ ...row, createdAt: step.at })
    .returning<{ id: number }[]>('id');
  const id = (added as { id: number }).id;
  await reindexContact(app, step, contactId);
  step.announce('identity.added', { contactId, identityId: id, kind: 'email', actor });
  await verifyIdentity(step, { identity: { id, contactId, kind: 'email', verifiedAt: null }, actor });
  return 'added';
}
