import { raw } from 'objection';
import type { Knex } from 'knex';
import { errors } from '../errors/errors.js';
import type { Actor } from '../hooks/catalogue.js';
import { findManager, refuseLines, refuseRole, type Manager } from './manage.js';
import { Agent } from './models/agent.js';
import type { Outcome } from './outcome.js';
import { findAgent } from './queries/find-agent.js';

/**
 * The account that somebody wants to change, if they may: nobody manages an account that can do or see more.
 * @throws AGENT_UNKNOWN, PERMISSION_MISSING
 */
export async function findManaged(
  db: Knex,
  { agentId, actor }: { agentId: number; actor: Actor },
): Promise<Outcome<{ agent: Agent; manager: Manager }>> {
  const manager = await findManager(db, actor, 'agents.manage');
  const agent = await Agent.query(db).findById(agentId);
  if (!agent) throw errors.AGENT_UNKNOWN();
  const beyond =
    (await refuseRole(db, manager, agent.role)) ?? refuseLines(manager, await findAgent(db, agentId));
  return beyond ?? { ok: true, agent, manager };
}

export const isSelf = (actor: Actor, agentId: number): boolean =>
  actor.kind === 'agent' && Number(actor.id) === agentId;

/** For a patch: one more than the row has, whatever was read before. */
export const nextVersion = () => raw('version + 1');
