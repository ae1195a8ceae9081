import type { Knex } from 'knex';
import { builtinRoles, type ContactRoleRecord } from '../models/contact-role.js';

interface RoleRow {
  readonly key: string;
  readonly name: string | null;
  readonly directs: number;
  readonly seesOrganization: number;
  readonly archivedAt: string | null;
}

/** All roles: the built-in ones, then the company's own by age. */
export async function listContactRoles(
  db: Knex,
  { includeArchived = false }: { includeArchived?: boolean } = {},
): Promise<ContactRoleRecord[]> {
  const rows: RoleRow[] = await db('contactRoles').orderBy('createdAt').orderBy('key');
  const builtin = builtinRoles.map((role) => {
    const row = rows.find(({ key }) => key === role.key);
    const portal = row ? portalRights(row) : { ...role, answersOrganization: false };
    const { seesOrganization, answersOrganization } = portal;
    const rights = { seesOrganization, answersOrganization };
    return { ...role, name: row?.name ?? null, ...rights, isBuiltin: true, isArchived: false };
  });
  const own = rows
    .filter(({ key }) => !builtinRoles.some((role) => role.key === key))
    .map((row) => ({
      key: row.key,
      name: row.name ?? row.key,
      directs: row.directs === 1,
      ...portalRights(row),
      isBuiltin: false,
      isArchived: row.archivedAt !== null,
    }));
  return [...builtin, ...own.filter(({ isArchived }) => includeArchived || !isArchived)];
}

const portalRights = ({ seesOrganization }: RoleRow) => ({
  seesOrganization: seesOrganization > 0,
  answersOrganization: seesOrganization === 2,
});

/** Keys of the roles that decide for an organization. */
export async function listDirectingRoles(db: Knex): Promise<string[]> {
  const roles = await listContactRoles(db, { includeArchived: true });
  return roles.filter(({ directs }) => directs).map(({ key }) => key);
}
