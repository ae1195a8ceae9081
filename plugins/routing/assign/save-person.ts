import { change, findAgent, fold, type Actor, type App, type Outcome } from '@helpdesk/core';
import type { Shifts } from './shifts.js';
import './assign-hooks.js';

export interface SavePerson {
  agentId: number;
  /** Left out: as it is. */
  loadLimit?: number | null;
  shifts?: Shifts;
  /** Days, 2026-03-12. */
  awayFrom?: string | null;
  awayUntil?: string | null;
  deputyId?: number | null;
  skills?: readonly string[];
  /** The version that the page showed; 0 while nothing was set. */
  expectedVersion?: number;
  actor: Actor;
}

/** Says how work is given to an agent. @throws AGENT_UNKNOWN */
export async function savePerson(app: App, input: SavePerson): Promise<Outcome> {
  const { agentId, skills, actor } = input;
  await findAgent(app.db, agentId);
  if (input.deputyId === agentId)
    return { ok: false, because: 'routing.assign.problem.ownDeputy', field: 'deputyId' };
  if (input.deputyId) await findAgent(app.db, input.deputyId);
  return change(app, async ({ trx, announce }): Promise<Outcome> => {
    const [made] = await trx('routing_people')
      .insert({ agentId, version: 0 })
      .onConflict('agentId')
      // Writes nothing new, but holds the row until the end.
      .merge(['agentId'])
      .returning<{ version: number }[]>('version');
    const version = made?.version ?? 0;
    if (input.expectedVersion !== undefined && input.expectedVersion !== version)
      return { ok: false, because: 'routing.assign.problem.changed', field: 'version' };
    await trx('routing_people')
      .where({ agentId })
      .update({ ...columnsOf(input), version: version + 1 });
    if (skills) {
      await trx('routing_skills').where({ agentId }).delete();
      const rows = skillRows(agentId, skills);
      if (rows.length > 0) await trx('routing_skills').insert(rows);
    }
    announce('routing.personChanged', { agentId, actor });
    return { ok: true };
  });
}

const columnsOf = ({ loadLimit, shifts, awayFrom, awayUntil, deputyId }: SavePerson) => ({
  ...(loadLimit === undefined ? {} : { loadLimit }),
  ...(shifts === undefined ? {} : { shifts: JSON.stringify(shifts) }),
  ...(awayFrom === undefined ? {} : { awayFrom }),
  ...(awayUntil === undefined ? {} : { awayUntil }),
  ...(deputyId === undefined ? {} : { deputyId }),
});

function skillRows(agentId: number, skills: readonly string[]) {
  const byFolded = new Map(skills.map((name) => [fold(name.trim()), name.trim()]));
  byFolded.delete('');
  return [...byFolded].map(([skill, name]) => ({ agentId, skill, name }));
}
