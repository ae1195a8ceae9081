import { cleanName } from '../../agents/check-fields.js';
import { refused, type Outcome } from '../../agents/outcome.js';
import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { builtinRoles, rowOf } from '../models/contact-role.js';

export interface RenameContactRole {
  key: string;
  name: string;
  actor: Actor;
}

/** Gives a role the company's own name; its key stays. @throws NOT_FOUND */
export async function renameContactRole(
  app: App,
  { key, name: given, actor }: RenameContactRole,
): Promise<Outcome> {
  const name = cleanName(given);
  if (name === '') return refused('core.name.invalid', 'name');
  const builtin = builtinRoles.find((role) => role.key === key);
  return change(app, async ({ trx, at, announce }) => {
    const known: { name: string | null } | undefined = await trx('contactRoles').where({ key }).first('name');
    if (!known && !builtin) throw errors.NOT_FOUND();
    if (known?.name === name) return { ok: true };
    if (known) await trx('contactRoles').where({ key }).update({ name });
    else if (builtin) await trx('contactRoles').insert({ ...rowOf(builtin), name, createdAt: at });
    announce('contactRole.changed', { role: key, actor });
    return { ok: true };
  });
}
