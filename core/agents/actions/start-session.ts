import type { App } from '../../database/app.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { insertSession, type NewSession, type StartedSession } from '../insert-session.js';
import { Agent } from '../models/agent.js';
import { changeRights } from '../rights-version.js';

/** Signs in somebody who has proved who they are in another way than by password. @throws AGENT_UNKNOWN */
export function startSession(
  app: App,
  { actor, ...wanted }: NewSession & { actor: Actor },
): Promise<StartedSession> {
  return changeRights(app, async (change) => {
    const agent = await Agent.query(change.trx).findById(wanted.agentId).whereNull('disabledAt').forUpdate();
    if (!agent) throw errors.AGENT_UNKNOWN();
    const started = await insertSession(change, wanted);
    change.announce('agent.signedIn', { agentId: agent.id, actor });
    return started;
  });
}
