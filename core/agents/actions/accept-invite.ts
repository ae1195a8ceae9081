import type { App } from '../../database/app.js';
import { hashToken } from '../../database/keys.js';
import { cleanName } from '../check-fields.js';
import { useToken } from '../issue-token.js';
import { Agent, type AgentRecord } from '../models/agent.js';
import { refused, type Outcome } from '../outcome.js';
import { checkPassword } from '../passwords/check-password.js';
import { hashPassword } from '../passwords/hash-password.js';
import { findAgent } from '../queries/find-agent.js';
import { findToken } from '../queries/find-token.js';
import { changeRights } from '../rights-version.js';
import { setPasswordInside } from '../set-password.js';

export interface AcceptInvite {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  readonly company?: string;
  readonly door?: string;
}

/** Sets the name and the first password of somebody invited. A link works once: of two at a time one wins. */
export async function acceptInvite(
  app: App,
  { token, name: given, password, company = '', door = 'desk' }: AcceptInvite,
): Promise<Outcome<{ agent: AgentRecord }>> {
  const owner = await findToken(app.db, { token, kind: 'invite', now: app.now() });
  if (!owner) return refused('core.invite.invalid');
  const name = cleanName(given);
  if (name === '') return refused('core.name.invalid', 'name');
  const bad = checkPassword(password, { email: owner.email, name, company });
  if (bad) return bad;
  const passwordHash = await hashPassword(password);

  return changeRights(app, async (change) => {
    const agentId = await useToken(change, { hash: hashToken(token), kind: 'invite' });
    if (agentId === undefined) return refused('core.invite.invalid');
    const agent = await Agent.query(change.trx).findById(agentId).whereNull('disabledAt').forUpdate();
    if (!agent) return refused('core.invite.invalid');
    await Agent.query(change.trx).findById(agentId).patch({ name });
    const actor = { kind: 'agent', id: agentId, door } as const;
    await setPasswordInside(change, { agentId, passwordHash, by: 'invite', actor });
    return { ok: true, agent: await findAgent(change.trx, agentId) };
  });
}
