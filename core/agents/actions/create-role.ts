import { randomBytes } from 'node:crypto';
import type { App } from '../../database/app.js';
import type { Actor } from '../../hooks/catalogue.js';
import { checkRole } from '../check-role.js';
import { findManager } from '../manage.js';
import { Role, toRoleRecord, type RoleRecord } from '../models/role.js';
import type { Outcome } from '../outcome.js';
import { changeRights } from '../rights-version.js';

export interface CreateRole {
  readonly name: string;
  readonly permissions: readonly string[];
  readonly actor: Actor;
}

/** Adds a role of the company's own. Nobody can put more into it than they hold. */
export function createRole(
  app: App,
  { name, permissions, actor }: CreateRole,
): Promise<Outcome<{ role: RoleRecord }>> {
  return changeRights(app, async ({ trx, announce }) => {
    const manager = await findManager(trx, actor, 'roles.manage');
    const checked = checkRole(manager, { name, permissions });
    if (!checked.ok) return checked;
    const top = await Role.query(trx).max('position as position').first();
    const role = await Role.query(trx).insertAndFetch({
      key: `role-${randomBytes(5).toString('hex')}`,
      name: checked.name,
      permissions: JSON.stringify(checked.permissions),
      builtin: 0,
      position: (top?.position ?? 0) + 1,
    });
    announce('role.changed', { role: role.key, actor });
    return { ok: true, role: toRoleRecord(role) };
  });
}
