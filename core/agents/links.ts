import type { Knex } from 'knex';
import { refused, type Refused } from './outcome.js';

/** The teams and lines of an agent. */
export interface AgentLinks {
  readonly teamIds?: readonly number[] | undefined;
  readonly lineIds?: readonly number[] | undefined;
}

/** Whether all those teams and lines exist; asked before anything is written. */
export async function refuseLinks(
  db: Knex,
  { teamIds = [], lineIds = [] }: AgentLinks,
): Promise<Refused | undefined> {
  if (!(await exist(db, 'teams', teamIds))) return refused('core.team.unknown', 'teams');
  if (!(await exist(db, 'lines', lineIds))) return refused('core.line.unknown', 'lines');
  return undefined;
}

async function exist(db: Knex, table: 'teams' | 'lines', ids: readonly number[]): Promise<boolean> {
  const unique = [...new Set(ids)];
  if (unique.length === 0) return true;
  if (unique.length > 500 || !unique.every((id) => Number.isSafeInteger(id) && id > 0)) return false;
  const known: { id: number }[] = await db(table).whereIn('id', unique).select('id');
  return known.length === unique.length;
}

/** Replaces the lists that are given; they were asked of `refuseLinks` before. */
export async function writeLinks(
  trx: Knex.Transaction,
  agentId: number,
  { teamIds, lineIds }: AgentLinks,
): Promise<void> {
  if (teamIds)
    await replace(
      trx,
      'agent_teams',
      { agentId },
      teamIds.map((teamId) => ({ agentId, teamId })),
    );
  if (lineIds)
    await replace(
      trx,
      'agent_lines',
      { agentId },
      lineIds.map((lineId) => ({ agentId, lineId })),
    );
}

/** Writes the rows of a join table anew, each pair once. */
export async function replace(
  trx: Knex.Transaction,
  table: 'agent_teams' | 'agent_lines',
  where: Readonly<Record<string, number>>,
  rows: readonly Readonly<Record<string, number>>[],
): Promise<void> {
  await trx(table).where(where).delete();
  if (rows.length > 0) await trx(table).insert(rows).onConflict().ignore();
}
