import type { Change } from '../../database/change.js';
import { CLAIMS } from './claim-keys.js';
import { compareContact } from './compare-contact.js';

/** Notes that a contact has proven an address of another card: the two are then offered as one person. */
export async function noteClaim(
  step: Change,
  { contactId, otherId, identityId }: { contactId: number; otherId: number; identityId: number },
): Promise<void> {
  await step
    .trx('contact_keys')
    .insert({ contactId, key: CLAIMS + identityId })
    .onConflict(['contactId', 'key'])
    .ignore();
  compareContact(step, contactId);
  compareContact(step, otherId);
}
