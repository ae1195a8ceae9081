import type { App } from '../../database/app.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { cleanName } from '../check-fields.js';
import { Team } from '../models/team.js';
import { refused, type Outcome } from '../outcome.js';
import { changeRights } from '../rights-version.js';

export interface RenameTeam {
  readonly teamId: number;
  readonly name: string;
  readonly actor: Actor;
}

/** @throws TEAM_UNKNOWN */
export async function renameTeam(app: App, { teamId, name: given, actor }: RenameTeam): Promise<Outcome> {
  const name = cleanName(given);
  if (name === '') return refused('core.name.invalid', 'name');
  return changeRights(app, async ({ trx, announce }) => {
    const count = await Team.query(trx).where('id', teamId).patch({ name });
    if (count !== 1) throw errors.TEAM_UNKNOWN();
    announce('team.changed', { teamId, actor });
    return { ok: true };
  });
}
