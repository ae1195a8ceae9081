import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { compareContact } from '../duplicates/compare-contact.js';
import { holdContact } from '../hold-contact.js';
import type { MembershipRecord } from '../models/membership.js';

export interface EndMembership {
  contactId: number;
  membershipId: number;
  actor: Actor;
}

/** Take a hat off from now on; tickets written in it keep it. @throws CONTACT_UNKNOWN */
export async function endMembership(
  app: App,
  { contactId: id, membershipId, actor }: EndMembership,
): Promise<void> {
  await change(app, async (step) => {
    const { trx, at, announce } = step;
    const contactId = await holdContact(step, id);
    const hat: MembershipRecord | undefined = await trx('memberships')
      .where({ id: membershipId, contactId })
      .where((open) => open.whereNull('validTo').orWhere('validTo', '>', at))
      .first();
    if (!hat) return;
    await trx('memberships')
      .where({ id: membershipId })
      .update({ validTo: at, ...(hat.validFrom > at ? { validFrom: at } : {}) });
    compareContact(step, contactId);
    const { organizationId, role } = hat;
    announce('membership.ended', { contactId, membershipId, organizationId, role, actor });
  });
}
