import { cleanName } from './check-fields.js';
import { refusePermissions, type Manager } from './manage.js';
import { refused, type Outcome } from './outcome.js';
import { EVERYTHING } from './permissions.js';

// By shape, not by a list: permissions of a plugin that is switched off stay in their roles.
const PERMISSION = /^[a-z][\w-]{0,60}(?:\.[A-Za-z][\w-]{0,60}){1,3}$/;
const MOST_PERMISSIONS = 500;

/** Cleans what somebody wants a role to be and refuses what they cannot hand out. */
export function checkRole(
  manager: Manager,
  wanted: { name: string; permissions: readonly string[] },
): Outcome<{ name: string; permissions: readonly string[] }> {
  const name = cleanName(wanted.name);
  if (name === '') return refused('core.name.invalid', 'name');
  const permissions = [...new Set(wanted.permissions)].toSorted();
  const areKnown = permissions.every((each) => each === EVERYTHING || PERMISSION.test(each));
  if (!areKnown || permissions.length > MOST_PERMISSIONS)
    return refused('core.role.permissionInvalid', 'permissions');
  return refusePermissions(manager, permissions, 'permissions') ?? { ok: true, name, permissions };
}
