import type { App } from '../../database/app.js';
import type { Actor } from '../../hooks/catalogue.js';
import { findManaged } from '../find-managed.js';
import type { Outcome } from '../outcome.js';
import { checkPassword } from '../passwords/check-password.js';
import { hashPassword } from '../passwords/hash-password.js';
import { findAgent } from '../queries/find-agent.js';
import { changeRights } from '../rights-version.js';
import { setPasswordInside } from '../set-password.js';

export interface SetPassword {
  readonly agentId: number;
  readonly password: string;
  readonly company?: string;
  readonly actor: Actor;
}

/** Gives somebody a new password without the old one and signs them out everywhere. @throws PERMISSION_MISSING */
export async function setPassword(
  app: App,
  { agentId, password, company = '', actor }: SetPassword,
): Promise<Outcome> {
  const { email, name } = await findAgent(app.db, agentId);
  const bad = checkPassword(password, { email, name, company });
  if (bad) return bad;
  const passwordHash = await hashPassword(password);

  return changeRights(app, async (change) => {
    const managed = await findManaged(change.trx, { agentId, actor });
    if (!managed.ok) return managed;
    await setPasswordInside(change, { agentId, passwordHash, by: 'administrator', actor });
    return { ok: true };
  });
}
