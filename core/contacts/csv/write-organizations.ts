import { named } from '../actions/create-organization.js';
import type { Change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { insertRows } from './insert-rows.js';
import type { OrganizationWork } from './plan-organization.js';
import { Overtaken } from './overtaken.js';

/** Writes what was planned for a few rows, with an event for each change. @throws Overtaken */
export async function writeOrganizations(
  { trx, at, announce }: Change,
  { works, actor }: { works: readonly OrganizationWork[]; actor: Actor },
): Promise<void> {
  const rows = works
    .filter(({ kind }) => kind === 'new')
    .map(({ patch }) => ({
      ...named(patch.name ?? ''),
      domain: patch.domain ?? null,
      note: patch.note ?? '',
      createdAt: at,
      updatedAt: at,
    }));
  for (const organizationId of await insertRows(trx, 'organizations', { rows, known: ['name', 'domain'] }))
    announce('organization.created', { organizationId, actor });
  for (const { kind, organization, patch } of works) {
    if (kind !== 'changed' || !organization) continue;
    const { id, version } = organization;
    const written = await trx('organizations')
      .where({ id, version })
      .update({
        ...patch,
        ...(patch.name === undefined ? {} : named(patch.name)),
        updatedAt: at,
        version: version + 1,
      });
    if (written === 0) throw new Overtaken();
    announce('organization.changed', { organizationId: id, fields: Object.keys(patch), actor });
  }
}
