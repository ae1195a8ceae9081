import type { Knex } from 'knex';
import { builtinRoles, type BuiltinRole } from '../permissions.js';

/** Writes the builtin roles that are not there yet. @param names in the company's language; English otherwise */
export async function seedRoles(
  trx: Knex.Transaction,
  names: Readonly<Partial<Record<BuiltinRole, string>>> = {},
): Promise<void> {
  const rows = builtinRoles.map(({ key, name, permissions }, position) => ({
    key,
    name: names[key] ?? name,
    permissions: JSON.stringify(permissions),
    builtin: 1,
    position,
  }));
  await trx('roles').insert(rows).onConflict('key').ignore();
}
