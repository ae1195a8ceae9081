import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import type { OrganizationRecord } from '../models/organization.js';
import { named } from './create-organization.js';
import { findOrganization } from '../queries/find-organization.js';

export interface ChangeOrganization {
  organizationId: number;
  fields: Partial<Pick<OrganizationRecord, 'name' | 'domain' | 'note'>>;
  expectedVersion?: number;
  actor: Actor;
}

/** Change what is known of an organization. @throws ORGANIZATION_UNKNOWN, TICKET_CHANGED when somebody was quicker. */
export async function changeOrganization(app: App, input: ChangeOrganization): Promise<void> {
  const organization = await findOrganization(app.db, input.organizationId);
  const { name, domain, note } = input.fields;
  const changed = Object.entries({ name, domain, note }).filter(
    ([field, value]) => value !== undefined && value !== organization[field as 'name'],
  );
  if (changed.length === 0) return;
  const version = input.expectedVersion ?? organization.version;
  await change(app, async ({ trx, at, announce }) => {
    const patch = {
      ...Object.fromEntries(changed),
      ...(name === undefined ? {} : named(name)),
      updatedAt: at,
      version: version + 1,
    };
    const written = await trx('organizations').where({ id: organization.id, version }).update(patch);
    if (written === 0) throw errors.TICKET_CHANGED();
    const fields = changed.map(([field]) => field);
    announce('organization.changed', { organizationId: organization.id, fields, actor: input.actor });
  });
}
