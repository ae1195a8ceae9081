import type { Knex } from 'knex';
import type { App } from '../../database/app.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { checkColumns, type AgentColumns, type Placement, type Profile } from '../check-profile.js';
import { findManaged, isSelf, nextVersion } from '../find-managed.js';
import { writeLinks } from '../links.js';
import type { Manager } from '../manage.js';
import { Agent, type AgentRecord } from '../models/agent.js';
import { AgentToken } from '../models/agent-token.js';
import type { Outcome } from '../outcome.js';
import { findAgent } from '../queries/find-agent.js';
import { refusePlacement } from '../refuse-placement.js';
import { changeRights } from '../rights-version.js';

/** The fields of `Profile` people may change of themselves; those of `Placement` need `agents.manage`. */
export interface ChangeAgent extends Profile, Placement {
  readonly agentId: number;
  readonly expectedVersion?: number;
  readonly actor: Actor;
}

/** Changes the fields that are given. @throws AGENT_UNKNOWN, AGENT_CHANGED, PERMISSION_MISSING */
export function changeAgent(app: App, wanted: ChangeAgent): Promise<Outcome<{ agent: AgentRecord }>> {
  return changeRights(app, async ({ trx, announce }) => {
    const { agentId, actor, expectedVersion, teamIds, lineIds } = wanted;
    const found = await findChanged(trx, wanted);
    if (!found.ok) return found;
    const { agent, manager } = found;
    if (expectedVersion !== undefined && expectedVersion !== agent.version) throw errors.AGENT_CHANGED();
    const checked = checkColumns(agent, wanted);
    if (!checked.ok) return checked;
    const { columns } = checked;
    const no = manager && (await refusePlacement(trx, { agent, manager, columns, wanted }));
    if (no) return no;
    const fields = [...Object.keys(columns), ...(teamIds ? ['teams'] : []), ...(lineIds ? ['lines'] : [])];
    if (fields.length > 0) {
      await save(trx, agent, columns);
      await writeLinks(trx, agentId, { teamIds, lineIds });
      announce('agent.changed', { agentId, fields, actor });
    }
    return { ok: true, agent: await findAgent(trx, agentId) };
  });
}

const placementFields = ['email', 'role', 'sees', 'teamIds', 'lineIds'] as const;

/** @returns no manager when people change what is their own to change */
async function findChanged(
  trx: Knex.Transaction,
  wanted: ChangeAgent,
): Promise<Outcome<{ agent: Agent; manager: Manager | undefined }>> {
  const { agentId, actor } = wanted;
  const isPlacement = placementFields.some((field) => wanted[field] !== undefined);
  if (isPlacement || !isSelf(actor, agentId)) return findManaged(trx, { agentId, actor });
  const agent = await Agent.query(trx).findById(agentId).whereNull('disabledAt');
  if (!agent) throw errors.AGENT_UNKNOWN();
  return { ok: true, agent, manager: undefined };
}

async function save(trx: Knex.Transaction, { id, version }: Agent, columns: AgentColumns): Promise<void> {
  const count = await Agent.query(trx)
    .where({ id, version })
    .patch({ ...columns, version: nextVersion() });
  if (count !== 1) throw errors.AGENT_CHANGED();
  // Links that were mailed to the old address are no longer this person's.
  if (columns.email !== undefined) await AgentToken.query(trx).delete().where({ agentId: id });
}
