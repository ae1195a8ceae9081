import type { Knex } from 'knex';
import type { AgentColumns, Placement } from './check-profile.js';
import { refuseLinks } from './links.js';
import { isLastOwner, refuseLines, refuseRole, type Manager } from './manage.js';
import { Agent } from './models/agent.js';
import { refused, type Refused } from './outcome.js';
import { findAgent } from './queries/find-agent.js';

/** Why an account cannot be placed so; asked before anything is written. */
export async function refusePlacement(
  trx: Knex.Transaction,
  {
    agent,
    manager,
    columns,
    wanted,
  }: { agent: Agent; manager: Manager; columns: AgentColumns; wanted: Placement },
): Promise<Refused | undefined> {
  const { role, email } = columns;
  if (role !== undefined) {
    const beyond = await refuseRole(trx, manager, role);
    if (beyond) return beyond;
    if (await isLastOwner(trx, agent)) return refused('core.agent.lastOwner', 'role');
  }
  if (email !== undefined && (await Agent.query(trx).findOne({ email })))
    return refused('core.agent.exists', 'email');
  const { lineIds } = await findAgent(trx, agent.id);
  const next = { sees: wanted.sees ?? agent.sees, lineIds: wanted.lineIds ?? lineIds };
  return refuseLines(manager, next) ?? refuseLinks(trx, wanted);
}
