import type { App } from '../../database/app.js';
import type { Actor } from '../../hooks/catalogue.js';
import { cleanName } from '../check-fields.js';
import { Team } from '../models/team.js';
import { refused, type Outcome } from '../outcome.js';
import { changeRights } from '../rights-version.js';

export interface CreateTeam {
  readonly name: string;
  readonly actor: Actor;
}

/** Adds a team. */
export async function createTeam(
  app: App,
  { name: given, actor }: CreateTeam,
): Promise<Outcome<{ teamId: number }>> {
  const name = cleanName(given);
  if (name === '') return refused('core.name.invalid', 'name');
  return changeRights(app, async ({ trx, at, announce }) => {
    const { id: teamId } = await Team.query(trx).insert({ name, createdAt: at });
    announce('team.created', { teamId, actor });
    return { ok: true, teamId };
  });
}
