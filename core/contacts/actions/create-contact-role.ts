import { randomBytes } from 'node:crypto';
import { cleanName } from '../../agents/check-fields.js';
import { refused, type Outcome } from '../../agents/outcome.js';
import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';

export interface CreateContactRole {
  name: string;
  /** Who has it decides for the organization. */
  directs?: boolean;
  /** Who has it may read every request of the organization in the portal. */
  seesOrganization?: boolean;
  actor: Actor;
}

/** Adds a role of the company's own. */
export async function createContactRole(
  app: App,
  { name: given, directs = false, seesOrganization = false, actor }: CreateContactRole,
): Promise<Outcome<{ key: string }>> {
  const name = cleanName(given);
  if (name === '') return refused('core.name.invalid', 'name');
  const key = `own-${randomBytes(6).toString('hex')}`;
  return change(app, async ({ trx, at, announce }) => {
    const rights = { directs: directs ? 1 : 0, seesOrganization: seesOrganization ? 1 : 0 };
    await trx('contactRoles').insert({ key, name, ...rights, createdAt: at });
    announce('contactRole.created', { role: key, directs, actor });
    return { ok: true, key };
  });
}
