import type { Knex } from 'knex';
import { errors } from '../errors/errors.js';
import type { Actor } from '../hooks/catalogue.js';
import { parseJson } from '../database/record.js';
import { Agent, type Sees } from './models/agent.js';
import { Role } from './models/role.js';
import { refused, type Refused } from './outcome.js';
import { EVERYTHING } from './permissions.js';
import { findViewer } from './queries/find-viewer.js';
import { can, type Viewer } from './viewer.js';

/** Whoever manages accounts: an agent with rights of their own, or the desk itself (setup, command line, plugins). */
export type Manager = Viewer | 'system';

/**
 * Reads the rights of the actor inside the transaction that uses them.
 * @throws PERMISSION_MISSING
 */
export async function findManager(db: Knex, actor: Actor, permission: string): Promise<Manager> {
  if (actor.kind === 'system' || actor.kind === 'plugin') return 'system';
  const viewer = actor.kind === 'agent' ? await findViewer(db, Number(actor.id)) : undefined;
  if (!viewer || !can(viewer, permission)) throw errors.PERMISSION_MISSING({ permission });
  return viewer;
}

/** @throws ROLE_UNKNOWN */
export async function findRole(db: Knex, key: string): Promise<Role> {
  const role = await Role.query(db).findById(key);
  if (!role) throw errors.ROLE_UNKNOWN();
  return role;
}

/** Nobody hands out, takes away or touches more than they hold themselves; owners are the business of owners. */
export async function refuseRole(db: Knex, manager: Manager, roleKey: string): Promise<Refused | undefined> {
  const role = await findRole(db, roleKey);
  if (manager === 'system' || manager.role === 'owner') return undefined;
  if (role.key === 'owner') return refused('core.agent.ownerOnly', 'role');
  return refusePermissions(manager, parseJson<readonly string[]>(role.permissions, []), 'role');
}

export function refusePermissions(
  manager: Manager,
  permissions: readonly string[],
  field: string,
): Refused | undefined {
  if (manager === 'system' || manager.permissions === 'all') return undefined;
  const isBeyond = permissions.some((each) => each === EVERYTHING || !can(manager, each));
  return isBeyond ? refused('core.agent.beyondOwnRights', field) : undefined;
}

/** Somebody who sees some lines only cannot let others see more. */
export function refuseLines(
  manager: Manager,
  { sees, lineIds }: { sees: Sees; lineIds: readonly number[] },
): Refused | undefined {
  if (manager === 'system' || manager.lineIds === 'all') return undefined;
  const own = manager.lineIds;
  const isWithin = sees === 'lines' && lineIds.every((id) => own.includes(id));
  return isWithin ? undefined : refused('core.agent.beyondOwnRights', 'lines');
}

/**
 * Whether somebody else can still sign in as an owner. Locks the owners' rows until the transaction ends, so that
 * two owners cannot remove each other at once. Ask before the first write.
 */
export async function isLastOwner(
  trx: Knex.Transaction,
  agent: Pick<Agent, 'id' | 'role'>,
): Promise<boolean> {
  if (agent.role !== 'owner') return false;
  const owners = await Agent.query(trx)
    .select('id')
    .where({ role: 'owner' })
    .whereNull('disabledAt')
    .whereNotNull('passwordHash')
    .orderBy('id')
    .forUpdate();
  return owners.every(({ id }) => id === agent.id);
}
