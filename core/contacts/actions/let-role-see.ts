import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { builtinRoles, PRIVATE_ROLE, rowOf } from '../models/contact-role.js';

export interface LetRoleSee {
  key: string;
  /** Whether its holders may read every request of their organization in the portal. */
  seesOrganization: boolean;
  /** And write in each of them, in their own name. */
  answersOrganization?: boolean;
  actor: Actor;
}

/**
 * Says what the holders of a role may read and answer in the portal; it counts at once.
 * @throws NOT_FOUND, also for the private person
 */
export async function letRoleSee(app: App, input: LetRoleSee): Promise<void> {
  const { key, seesOrganization, answersOrganization = false, actor } = input;
  const builtin = builtinRoles.find((role) => role.key === key);
  await change(app, async ({ trx, at, announce }) => {
    const known: { seesOrganization: number } | undefined = await trx('contactRoles')
      .where({ key })
      .first('seesOrganization');
    if (key === PRIVATE_ROLE || (!known && !builtin)) throw errors.NOT_FOUND();
    const sees = !seesOrganization ? 0 : answersOrganization ? 2 : 1;
    if (known) await trx('contactRoles').where({ key }).update({ seesOrganization: sees });
    else if (builtin)
      await trx('contactRoles').insert({ ...rowOf(builtin), seesOrganization: sees, createdAt: at });
    announce('contactRole.changed', { role: key, actor });
  });
}
