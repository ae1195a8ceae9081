import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { compareContact } from '../duplicates/compare-contact.js';
import { holdContact } from '../hold-contact.js';

export interface AddMembership {
  contactId: number;
  /** Null: the private person. */
  organizationId: number | null;
  role: string;
  title?: string | null;
  /** ISO text; from now on without it. */
  validFrom?: string;
  /** ISO text, the first moment after; null: without an end. */
  validTo?: string | null;
  actor: Actor;
}

/** Give a contact a hat. @throws CONTACT_UNKNOWN, INPUT_INVALID for one that ends before it begins */
export async function addMembership(app: App, input: AddMembership): Promise<number> {
  const { organizationId, role, title = null, validTo = null, actor } = input;
  return change(app, async (step) => {
    const { trx, at, announce } = step;
    const contactId = await holdContact(step, input.contactId);
    const validFrom = input.validFrom ?? at;
    refuseBackwards({ validFrom, validTo });
    const [row] = await trx('memberships')
      .insert({ contactId, organizationId, role, title, validFrom, validTo })
      .returning<{ id: number }[]>('id');
    const membershipId = (row as { id: number }).id;
    compareContact(step, contactId);
    announce('membership.added', { contactId, membershipId, organizationId, role, actor });
    return membershipId;
  });
}

/** @throws INPUT_INVALID */
export function refuseBackwards({ validFrom, validTo }: { validFrom: string; validTo: string | null }): void {
  if (validTo !== null && validTo <= validFrom)
    throw errors.INPUT_INVALID({ because: 'a role ends after it begins' });
}
