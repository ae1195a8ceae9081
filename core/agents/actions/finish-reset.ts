import type { App } from '../../database/app.js';
import { hashToken } from '../../database/keys.js';
import { useToken } from '../issue-token.js';
import { Agent } from '../models/agent.js';
import { refused, type Outcome } from '../outcome.js';
import { checkPassword } from '../passwords/check-password.js';
import { hashPassword } from '../passwords/hash-password.js';
import { findToken } from '../queries/find-token.js';
import { changeRights } from '../rights-version.js';
import { setPasswordInside } from '../set-password.js';

export interface FinishReset {
  readonly token: string;
  readonly password: string;
  readonly company?: string;
  readonly door?: string;
}

/** Sets a new password by a link from a mail and signs out everywhere; the person signs in anew. */
export async function finishReset(
  app: App,
  { token, password, company = '', door = 'desk' }: FinishReset,
): Promise<Outcome<{ agentId: number }>> {
  const owner = await findToken(app.db, { token, kind: 'reset', now: app.now() });
  if (!owner) return refused('core.reset.invalid');
  const bad = checkPassword(password, { email: owner.email, name: owner.name, company });
  if (bad) return bad;
  const passwordHash = await hashPassword(password);

  return changeRights(app, async (change) => {
    const agentId = await useToken(change, { hash: hashToken(token), kind: 'reset' });
    if (agentId === undefined) return refused('core.reset.invalid');
    const agent = await Agent.query(change.trx).findById(agentId).whereNull('disabledAt').forUpdate();
    if (!agent) return refused('core.reset.invalid');
    const actor = { kind: 'agent', id: agentId, door } as const;
    await setPasswordInside(change, { agentId, passwordHash, by: 'reset', actor });
    return { ok: true, agentId };
  });
}
