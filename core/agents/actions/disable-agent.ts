import type { App } from '../../database/app.js';
import type { Actor } from '../../hooks/catalogue.js';
import { findManaged, isSelf, nextVersion } from '../find-managed.js';
import { isLastOwner } from '../manage.js';
import { Agent } from '../models/agent.js';
import { AgentToken } from '../models/agent-token.js';
import { Session } from '../models/session.js';
import { refused, type Outcome } from '../outcome.js';
import { changeRights } from '../rights-version.js';

/**
 * Locks somebody out at once: sessions and links end. What they wrote stays. Never the last owner, never oneself.
 * @throws AGENT_UNKNOWN, PERMISSION_MISSING
 */
export function disableAgent(
  app: App,
  { agentId, actor }: { agentId: number; actor: Actor },
): Promise<Outcome> {
  return changeRights(app, async ({ trx, at, announce }) => {
    const managed = await findManaged(trx, { agentId, actor });
    if (!managed.ok) return managed;
    if (isSelf(actor, agentId)) return refused('core.agent.notYourself');
    if (managed.agent.disabledAt !== null) return { ok: true };
    if (await isLastOwner(trx, managed.agent)) return refused('core.agent.lastOwner');
    await Agent.query(trx).where('id', agentId).patch({ disabledAt: at, version: nextVersion() });
    await Session.query(trx).delete().where({ agentId });
    await AgentToken.query(trx).delete().where({ agentId });
    announce('agent.disabled', { agentId, actor });
    return { ok: true };
  });
}
