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
    const seesOrganization = row ? row.seesOrganization === 1 : role.seesOrganization;
    return { ...role, name: row?.name ?? null, seesOrganization, isBuiltin: true, isArchived: false };
  });
  const own = rows
    .filter(({ key }) => !builtinRoles.some((role) => role.key === key))
    .map(({ key, name, directs, seesOrganization, archivedAt }) => ({
      key,
      name: name ?? key,
      directs: directs === 1,
      seesOrganization: seesOrganization === 1,
      isBuiltin: false,
      isArchived: archivedAt !== null,
    }));
  return [...builtin, ...own.filter(({ isArchived }) => includeArchived || !isArchived)];
}

/** Keys of the roles that decide for an organization. */
export async function listDirectingRoles(db: Knex): Promise<string[]> {
  const roles = await listContactRoles(db, { includeArchived: true });
  return roles.filter(({ directs }) => directs).map(({ key }) => key);
}
