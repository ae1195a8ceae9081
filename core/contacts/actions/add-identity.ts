import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { findContact } from '../queries/find-contact.js';
import { holdContact } from '../hold-contact.js';
import { insertIdentities } from '../insert-identities.js';
import { reindexContact } from './add-contact.js';
import { checkIdentity, refuseTaken } from './create-contact.js';

export interface AddIdentity {
  contactId: number;
  kind: string;
  value: string;
  label?: string;
  country?: string;
  actor: Actor;
}

/** Give a contact one more address or number. @throws CONTACT_UNKNOWN, INPUT_INVALID, IDENTITY_TAKEN */
export async function addIdentity(app: App, input: AddIdentity): Promise<number> {
  const contact = await findContact(app.db, input.contactId);
  const identity = checkIdentity(input, input.country);
  const known: { id: number; contactId: number } | undefined = await app
    .db('identities')
    .where({ kind: identity.kind, normalised: identity.normalised })
    .first();
  if (known?.contactId === contact.id) return known.id;
  await refuseTaken(app, [identity]);
  return change(app, async (step) => {
    const contactId = await holdContact(step, contact.id);
    const [identityId = 0] = await insertIdentities(step, contactId, [identity]);
    await reindexContact(app, step, contactId);
    step.announce('identity.added', {
      contactId,
      identityId,
      kind: identity.kind,
      actor: input.actor,
    });
    return identityId;
  });
}
