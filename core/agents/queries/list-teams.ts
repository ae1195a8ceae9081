import type { Knex } from 'knex';
import { Team, type TeamRecord } from '../models/team.js';

/** Teams in the order of names, with those of their members who are not disabled. */
export async function listTeams(
  db: Knex,
  options: { includeArchived?: boolean } = {},
): Promise<TeamRecord[]> {
  const query = Team.query(db).orderBy('name').orderBy('id');
  if (!options.includeArchived) void query.whereNull('archivedAt');
  const [teams, members] = await Promise.all([query, membersOfAll(db)]);
  return teams.map(({ id, name, archivedAt }) => ({
    id,
    name,
    isArchived: archivedAt !== null,
    agentIds: members.filter(({ teamId }) => teamId === id).map(({ agentId }) => agentId),
  }));
}

const membersOfAll = (db: Knex): Promise<{ teamId: number; agentId: number }[]> =>
  db('agent_teams')
    .join('agents', 'agents.id', 'agent_teams.agentId')
    .whereNull('agents.disabledAt')
    .orderBy('agents.name')
    .select('agent_teams.teamId', 'agent_teams.agentId');
