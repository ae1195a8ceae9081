import type { App } from '../../database/app.js';
import type { Actor } from '../../hooks/catalogue.js';
import { findManaged } from '../find-managed.js';
import { issueToken } from '../issue-token.js';
import { AgentToken } from '../models/agent-token.js';
import { refused, type Outcome } from '../outcome.js';
import { changeRights } from '../rights-version.js';

/** Makes a new link for somebody who has not accepted yet; the older ones stop working. */
export function renewInvite(
  app: App,
  { agentId, actor }: { agentId: number; actor: Actor },
): Promise<Outcome<{ token: string }>> {
  return changeRights(app, async (change) => {
    const managed = await findManaged(change.trx, { agentId, actor });
    if (!managed.ok) return managed;
    if (managed.agent.passwordHash !== null) return refused('core.invite.accepted');
    if (managed.agent.disabledAt !== null) return refused('core.agent.disabled');
    await AgentToken.query(change.trx).delete().where({ agentId });
    const token = await issueToken(change, { agentId, kind: 'invite' });
    change.announce('agent.changed', { agentId, fields: ['invite'], actor });
    return { ok: true, token };
  });
}
