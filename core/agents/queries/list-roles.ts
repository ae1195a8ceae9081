import type { Knex } from 'knex';
import { Role, toRoleRecord, type RoleRecord } from '../models/role.js';

/** Roles in the company's order. */
export async function listRoles(db: Knex): Promise<RoleRecord[]> {
  return (await Role.query(db).orderBy('position').orderBy('key')).map(toRoleRecord);
}
