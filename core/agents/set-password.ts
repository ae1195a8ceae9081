import type { Change } from '../database/change.js';
import type { Actor } from '../hooks/catalogue.js';
import { nextVersion } from './find-managed.js';
import { Agent } from './models/agent.js';
import { AgentToken } from './models/agent-token.js';
import { Session } from './models/session.js';

interface NewPassword {
  readonly agentId: number;
  readonly passwordHash: string;
  readonly by: 'self' | 'reset' | 'invite' | 'administrator';
  readonly actor: Actor;
  /** The session that stays; all others end. */
  readonly keep?: number | undefined;
}

/** Stores a password, ends sessions and links of the old one, and says so. */
export async function setPasswordInside(
  { trx, announce }: Change,
  { agentId, passwordHash, by, actor, keep }: NewPassword,
): Promise<void> {
  await Agent.query(trx).where('id', agentId).patch({ passwordHash, version: nextVersion() });
  await Session.query(trx)
    .delete()
    .where({ agentId })
    .whereNot('id', keep ?? 0);
  await AgentToken.query(trx).delete().where({ agentId });
  announce('agent.passwordChanged', { agentId, by, actor });
}
