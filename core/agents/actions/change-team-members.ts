import type { App } from '../../database/app.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { nextVersion } from '../find-managed.js';
import { replace } from '../links.js';
import { Agent } from '../models/agent.js';
import { Team } from '../models/team.js';
import { changeRights } from '../rights-version.js';

export interface ChangeTeamMembers {
  readonly teamId: number;
  /** All of them; who is not listed is no member any more. */
  readonly agentIds: readonly number[];
  readonly actor: Actor;
}

/** @throws TEAM_UNKNOWN, AGENT_UNKNOWN */
export function changeTeamMembers(app: App, { teamId, agentIds, actor }: ChangeTeamMembers): Promise<void> {
  return changeRights(app, async ({ trx, announce }) => {
    if (!(await Team.query(trx).findById(teamId).forUpdate())) throw errors.TEAM_UNKNOWN();
    const ids = [...new Set(agentIds)];
    const known = await Agent.query(trx).select('id').whereIn('id', ids);
    if (known.length !== ids.length) throw errors.AGENT_UNKNOWN();
    const before: { agentId: number }[] = await trx('agent_teams').where({ teamId }).select('agentId');
    const touched = [...before.map(({ agentId }) => agentId), ...ids];
    await Agent.query(trx).whereIn('id', touched).patch({ version: nextVersion() });
    await replace(
      trx,
      'agent_teams',
      { teamId },
      ids.map((agentId) => ({ agentId, teamId })),
    );
    announce('team.changed', { teamId, actor });
  });
}
