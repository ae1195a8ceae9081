import type { App } from '../../database/app.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { Team } from '../models/team.js';
import { changeRights } from '../rights-version.js';

export interface ArchiveTeam {
  readonly teamId: number;
  /** false brings it back. */
  readonly isArchived?: boolean;
  readonly actor: Actor;
}

/** Takes a team out of the lists to choose from; what it has stays. @throws TEAM_UNKNOWN */
export function archiveTeam(app: App, { teamId, isArchived = true, actor }: ArchiveTeam): Promise<void> {
  return changeRights(app, async ({ trx, at, announce }) => {
    const team = await Team.query(trx).findById(teamId).forUpdate();
    if (!team) throw errors.TEAM_UNKNOWN();
    if ((team.archivedAt !== null) === isArchived) return;
    await Team.query(trx)
      .findById(teamId)
      .patch({ archivedAt: isArchived ? at : null });
    announce('team.changed', { teamId, actor });
  });
}
