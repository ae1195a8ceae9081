import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { compareContact } from '../duplicates/compare-contact.js';
import { holdContact } from '../hold-contact.js';
import type { MembershipRecord } from '../models/membership.js';
import { refuseBackwards } from './add-membership.js';

export interface ChangeMembership {
  contactId: number;
  membershipId: number;
  fields: Partial<Pick<MembershipRecord, 'role' | 'title' | 'validFrom' | 'validTo'>>;
  actor: Actor;
}

/**
 * Change what somebody is to an organization, and since and until when. Tickets written in the hat keep it.
 * @throws NOT_FOUND for another contact's, INPUT_INVALID for one that ends before it begins
 */
export async function changeMembership(app: App, input: ChangeMembership): Promise<void> {
  const { membershipId, actor } = input;
  const { role, title, validFrom, validTo } = input.fields;
  await change(app, async (step) => {
    const { trx, announce } = step;
    const contactId = await holdContact(step, input.contactId);
    const hat: MembershipRecord | undefined = await trx('memberships')
      .where({ id: membershipId, contactId })
      .first();
    if (!hat) throw errors.NOT_FOUND();
    const changed = Object.entries({ role, title, validFrom, validTo }).filter(
      ([field, value]) => value !== undefined && value !== hat[field as 'role'],
    );
    if (changed.length === 0) return;
    const patch = Object.fromEntries(changed);
    refuseBackwards({ ...hat, ...patch });
    await trx('memberships').where({ id: membershipId }).update(patch);
    compareContact(step, contactId);
    const fields = changed.map(([field]) => field);
    const { organizationId } = hat;
    announce('membership.changed', {
      contactId,
      membershipId,
      organizationId,
      role: role ?? hat.role,
      fields,
      actor,
    });
  });
}
