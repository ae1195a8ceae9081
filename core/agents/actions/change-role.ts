import type { App } from '../../database/app.js';
import type { Actor } from '../../hooks/catalogue.js';
import { checkRole } from '../check-role.js';
import { findManager, findRole, refusePermissions } from '../manage.js';
import { Role, toRoleRecord, type RoleRecord } from '../models/role.js';
import { refused, type Outcome } from '../outcome.js';
import { changeRights } from '../rights-version.js';

export interface ChangeRole {
  readonly key: string;
  readonly name?: string;
  readonly permissions?: readonly string[];
  readonly actor: Actor;
}

/** Renames a role or changes what it may do, for all who hold it, at once. The owner's role stays as it is. */
export function changeRole(
  app: App,
  { key, actor, ...wanted }: ChangeRole,
): Promise<Outcome<{ role: RoleRecord }>> {
  return changeRights(app, async ({ trx, announce }) => {
    const manager = await findManager(trx, actor, 'roles.manage');
    const old = toRoleRecord(await findRole(trx, key));
    if (key === 'owner') return refused('core.role.ownerIsFixed', 'permissions');
    const beyond = refusePermissions(manager, old.permissions, 'permissions');
    if (beyond) return beyond;
    const checked = checkRole(manager, {
      name: wanted.name ?? old.name,
      permissions: wanted.permissions ?? old.permissions,
    });
    if (!checked.ok) return checked;
    const role = await Role.query(trx).patchAndFetchById(key, {
      name: checked.name,
      permissions: JSON.stringify(checked.permissions),
    });
    announce('role.changed', { role: key, actor });
    return { ok: true, role: toRoleRecord(role) };
  });
}
