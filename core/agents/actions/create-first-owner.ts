import type { App } from '../../database/app.js';
import { normaliseEmail } from '../check-fields.js';
import { insertAgent } from '../insert-agent.js';
import type { AgentRecord } from '../models/agent.js';
import { Role } from '../models/role.js';
import { refused, type Outcome } from '../outcome.js';
import { checkPassword } from '../passwords/check-password.js';
import { hashPassword } from '../passwords/hash-password.js';
import type { BuiltinRole } from '../permissions.js';
import { findAgent } from '../queries/find-agent.js';
import { hasAgents } from '../queries/list-agents.js';
import { changeRights } from '../rights-version.js';
import { seedRoles } from './seed-roles.js';

export interface CreateFirstOwner {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly language?: string;
  readonly timeZone?: string;
  readonly company?: string;
  /** Names of the builtin roles in the company's language. */
  readonly roleNames?: Readonly<Partial<Record<BuiltinRole, string>>>;
  readonly door?: string;
}

/** Creates the roles and the first account of a desk, which owns it. Refused for ever after. */
export async function createFirstOwner(
  app: App,
  wanted: CreateFirstOwner,
): Promise<Outcome<{ agent: AgentRecord }>> {
  const { name, password, company = '', roleNames, door = 'setup' } = wanted;
  if (await hasAgents(app.db)) return refused('core.setup.done');
  const bad = checkPassword(password, { email: normaliseEmail(wanted.email), name, company });
  if (bad) return bad;
  const passwordHash = await hashPassword(password);

  return changeRights(app, async (change) => {
    await seedRoles(change.trx, roleNames);
    // Of two that come at once the second waits here, and then finds somebody.
    await Role.query(change.trx).findById('owner').forUpdate();
    if (await hasAgents(change.trx)) return refused('core.setup.done');
    const added = await insertAgent(change, { ...wanted, role: 'owner' }, passwordHash);
    if (!added.ok) return added;
    const actor = { kind: 'system', id: 'setup', door } as const;
    change.announce('agent.added', { agentId: added.agentId, role: 'owner', actor });
    return { ok: true, agent: await findAgent(change.trx, added.agentId) };
  });
}
