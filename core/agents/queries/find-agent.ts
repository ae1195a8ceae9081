import type { Knex } from 'knex';
import { errors } from '../../errors/errors.js';
import { Agent, type AgentRecord } from '../models/agent.js';
import { withLinks } from './with-links.js';

/** @throws AGENT_UNKNOWN */
export async function findAgent(db: Knex, agentId: number): Promise<AgentRecord> {
  const [record] = await withLinks(db, await Agent.query(db).where('id', agentId));
  if (!record) throw errors.AGENT_UNKNOWN();
  return record;
}
