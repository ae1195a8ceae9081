import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { holdContact } from '../hold-contact.js';

export interface UseIdentityAs {
  contactId: number;
  identityId: number;
  /** A hat of the same contact; null: any. */
  membershipId: number | null;
  actor: Actor;
}

/** Say in which hat an address or number is used: the phone at work. @throws NOT_FOUND for another contact's */
export async function useIdentityAs(app: App, input: UseIdentityAs): Promise<void> {
  const { identityId, membershipId, actor } = input;
  await change(app, async (step) => {
    const { trx, announce } = step;
    const contactId = await holdContact(step, input.contactId);
    const identity: { kind: string; membershipId: number | null } | undefined = await trx('identities')
      .where({ id: identityId, contactId })
      .first('kind', 'membershipId');
    const hat: unknown =
      membershipId === null || (await trx('memberships').where({ id: membershipId, contactId }).first('id'));
    if (!identity || !hat) throw errors.NOT_FOUND();
    if (identity.membershipId === membershipId) return;
    await trx('identities').where({ id: identityId }).update({ membershipId });
    announce('identity.changed', { contactId, identityId, kind: identity.kind, actor });
  });
}
