import type { Knex } from 'knex';
import { Agent, type AgentRecord } from '../models/agent.js';
import { withLinks } from './with-links.js';

/** The team in the order of names. */
export async function listAgents(
  db: Knex,
  options: { includeDisabled?: boolean } = {},
): Promise<AgentRecord[]> {
  const query = Agent.query(db).orderBy('name').orderBy('id');
  if (!options.includeDisabled) void query.whereNull('disabledAt');
  return withLinks(db, await query);
}

/** Whether the desk has been set up: there is somebody, even if disabled. */
export async function hasAgents(db: Knex): Promise<boolean> {
  return (await Agent.query(db).select('id').first()) !== undefined;
}
