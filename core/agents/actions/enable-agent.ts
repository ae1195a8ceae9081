import type { App } from '../../database/app.js';
import type { Actor } from '../../hooks/catalogue.js';
import { findManaged, nextVersion } from '../find-managed.js';
import { Agent } from '../models/agent.js';
import type { Outcome } from '../outcome.js';
import { changeRights } from '../rights-version.js';

/** Lets somebody in again, with the password they had. @throws AGENT_UNKNOWN, PERMISSION_MISSING */
export function enableAgent(
  app: App,
  { agentId, actor }: { agentId: number; actor: Actor },
): Promise<Outcome> {
  return changeRights(app, async ({ trx, announce }) => {
    const managed = await findManaged(trx, { agentId, actor });
    if (!managed.ok) return managed;
    if (managed.agent.disabledAt === null) return { ok: true };
    await Agent.query(trx).where('id', agentId).patch({ disabledAt: null, version: nextVersion() });
    announce('agent.enabled', { agentId, actor });
    return { ok: true };
  });
}
