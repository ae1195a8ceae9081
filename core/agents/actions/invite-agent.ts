import type { App } from '../../database/app.js';
import type { Actor } from '../../hooks/catalogue.js';
import type { NewAgent } from '../insert-agent.js';
import { issueToken } from '../issue-token.js';
import type { AgentRecord } from '../models/agent.js';
import type { Outcome } from '../outcome.js';
import { changeRights } from '../rights-version.js';
import { addInside } from './add-agent.js';

export interface InviteAgent extends NewAgent {
  readonly actor: Actor;
}

/**
 * Adds an account without a password, and a link's token with which its owner sets one within 24 hours. The token
 * is told once, here. @throws PERMISSION_MISSING, ROLE_UNKNOWN
 */
export function inviteAgent(
  app: App,
  wanted: InviteAgent,
): Promise<Outcome<{ agent: AgentRecord; token: string }>> {
  return changeRights(app, async (change) => {
    const added = await addInside(change, wanted, null);
    if (!added.ok) return added;
    const token = await issueToken(change, { agentId: added.agent.id, kind: 'invite' });
    return { ok: true, agent: added.agent, token };
  });
}
