import type { Knex } from 'knex';
import { toAgentRecord, type Agent, type AgentRecord } from '../models/agent.js';

/** Agents as records, with the ids of their teams and lines; three queries, however many agents. */
export async function withLinks(db: Knex, agents: readonly Agent[]): Promise<AgentRecord[]> {
  if (agents.length === 0) return [];
  const ids = agents.map(({ id }) => id);
  const [teams, lines] = await Promise.all([
    linksOf(db, { table: 'agent_teams', column: 'teamId', ids }),
    linksOf(db, { table: 'agent_lines', column: 'lineId', ids }),
  ]);
  return agents.map((agent) =>
    toAgentRecord(agent, { teamIds: teams.get(agent.id) ?? [], lineIds: lines.get(agent.id) ?? [] }),
  );
}

async function linksOf(
  db: Knex,
  { table, column, ids }: { table: string; column: string; ids: readonly number[] },
): Promise<ReadonlyMap<number, readonly number[]>> {
  const rows: { agentId: number; linkId: number }[] = await db(table)
    .select('agentId', { linkId: column })
    // One agent is the common case; all of them cost less than a list of a thousand ids.
    .modify((query) => void (ids.length < 100 && query.whereIn('agentId', ids)))
    .orderBy(column);
  const byAgent = new Map<number, number[]>();
  for (const { agentId, linkId } of rows) {
    const known = byAgent.get(agentId);
    if (known) known.push(linkId);
    else byAgent.set(agentId, [linkId]);
  }
  return byAgent;
}
