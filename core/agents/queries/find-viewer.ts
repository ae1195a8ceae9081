import type { Knex } from 'knex';
import { parseJson } from '../../database/record.js';
import type { Sees } from '../models/agent.js';
import { EVERYTHING } from '../permissions.js';
import type { Viewer } from '../viewer.js';

/** Reads what an agent may see and do now. @returns undefined for somebody unknown or disabled */
export async function findViewer(db: Knex, agentId: number): Promise<Viewer | undefined> {
  const row: { role: string; sees: Sees; permissions: string } | undefined = await db('agents')
    .join('roles', 'roles.key', 'agents.role')
    .where('agents.id', agentId)
    .whereNull('agents.disabledAt')
    .first('agents.role', 'agents.sees', 'roles.permissions');
  if (!row) return undefined;
  const listed = parseJson<readonly string[]>(row.permissions, []);
  return {
    agentId,
    role: row.role,
    permissions: listed.includes(EVERYTHING) ? 'all' : new Set(listed),
    lineIds: row.sees === 'all' ? 'all' : await linesOf(db, agentId),
  };
}

async function linesOf(db: Knex, agentId: number): Promise<readonly number[]> {
  const rows: { lineId: number }[] = await db('agent_lines')
    .where({ agentId })
    .select('lineId')
    .orderBy('lineId');
  return rows.map(({ lineId }) => lineId);
}
