import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { holdContact } from '../hold-contact.js';
import { reindexContact } from './add-contact.js';

export interface RemoveIdentity {
  contactId: number;
  identityId: number;
  actor: Actor;
}

/** Take an address or number off a contact; messages already written keep it. @throws CONTACT_UNKNOWN */
export async function removeIdentity(
  app: App,
  { contactId: id, identityId, actor }: RemoveIdentity,
): Promise<void> {
  await change(app, async (step) => {
    const contactId = await holdContact(step, id);
    const identity: { kind: string } | undefined = await step
      .trx('identities')
      .where({ id: identityId, contactId })
      .first();
    if (!identity) return;
    await step.trx('identities').where({ id: identityId, contactId }).delete();
    await reindexContact(app, step, contactId);
    step.announce('identity.removed', { contactId, identityId, kind: identity.kind, actor });
  });
}
