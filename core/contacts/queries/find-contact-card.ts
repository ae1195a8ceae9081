import type { Knex } from 'knex';
import type { IdentityRecord } from '../models/identity.js';
import type { ContactRecord } from '../models/contact.js';
import { findContact } from './find-contact.js';

export interface HatRecord {
  readonly id: number;
  readonly organizationId: number | null;
  readonly organization: string | null;
  readonly role: string;
  readonly title: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

export interface ContactCard {
  readonly contact: ContactRecord;
  readonly identities: readonly IdentityRecord[];
  /** Those that are worn now come first. */
  readonly hats: readonly HatRecord[];
}

/** Who somebody is: identities and hats; of one that was merged, those of the kept one. @throws CONTACT_UNKNOWN */
export async function findContactCard(db: Knex, id: number): Promise<ContactCard> {
  const contact = await findContact(db, id);
  const contactId = contact.id;
  const [identities, hats] = await Promise.all([
    db<IdentityRecord>('identities').where({ contactId }).orderBy('id'),
    db('memberships')
      .leftJoin('organizations', 'organizations.id', 'memberships.organizationId')
      .where({ contactId })
      .orderByRaw('case when valid_to is null then 0 else 1 end, valid_to desc, memberships.id')
      .select<HatRecord[]>(
        'memberships.id',
        'memberships.organizationId',
        'organizations.name as organization',
        'memberships.role',
        'memberships.title',
        'memberships.validFrom',
        'memberships.validTo',
      ),
  ]);
  return { contact, identities: identities as IdentityRecord[], hats };
}
