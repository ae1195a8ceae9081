import type { Knex } from 'knex';
import { errors } from '../../errors/errors.js';
import type { OrganizationRecord } from '../models/organization.js';

/** @throws ORGANIZATION_UNKNOWN */
export async function findOrganization(db: Knex, organizationId: number): Promise<OrganizationRecord> {
  const organization: OrganizationRecord | undefined = await db('organizations')
    .where({ id: organizationId })
    .first();
  if (!organization) throw errors.ORGANIZATION_UNKNOWN();
  return organization;
}

/** Somebody who wears, or wore, a hat of an organization. */
export interface MemberRecord {
  readonly contactId: number;
  readonly name: string;
  readonly role: string;
  readonly title: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Members of an organization, those of today first; at most `limit`. */
export async function listMembers(
  db: Knex,
  { organizationId, limit = 200 }: { organizationId: number; limit?: number },
): Promise<MemberRecord[]> {
  return db('memberships')
    .join('contacts', 'contacts.id', 'memberships.contactId')
    .where('memberships.organizationId', organizationId)
    .whereNull('contacts.mergedIntoId')
    .orderByRaw('case when memberships.valid_to is null then 0 else 1 end, contacts.name, memberships.id')
    .limit(limit)
    .select<MemberRecord[]>(
      'memberships.contactId',
      'contacts.name',
      'memberships.role',
      'memberships.title',
      'memberships.validFrom',
      'memberships.validTo',
    );
}
