import type { App } from '../../database/app.js';
import type { Change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import { normaliseEmail } from '../check-fields.js';
import { insertAgent, type NewAgent } from '../insert-agent.js';
import { findManager, refuseLines, refuseRole } from '../manage.js';
import type { AgentRecord } from '../models/agent.js';
import type { Outcome } from '../outcome.js';
import { checkPassword } from '../passwords/check-password.js';
import { hashPassword } from '../passwords/hash-password.js';
import { findAgent } from '../queries/find-agent.js';
import { changeRights } from '../rights-version.js';

export interface AddAgent extends NewAgent {
  /** Without one the account waits: for an invitation, or another way to sign in. */
  readonly password?: string;
  /** The company's name, which is no password. */
  readonly company?: string;
  readonly actor: Actor;
}

/** Adds an account. @throws PERMISSION_MISSING, ROLE_UNKNOWN */
export async function addAgent(app: App, wanted: AddAgent): Promise<Outcome<{ agent: AgentRecord }>> {
  const { password, company, email, name } = wanted;
  if (password === undefined) return changeRights(app, (change) => addInside(change, wanted, null));
  const bad = checkPassword(password, { email: normaliseEmail(email), name, ...(company && { company }) });
  if (bad) return bad;
  const passwordHash = await hashPassword(password);
  return changeRights(app, (change) => addInside(change, wanted, passwordHash));
}

/** The same inside a change that is open. */
export async function addInside(
  change: Change,
  wanted: NewAgent & { readonly actor: Actor },
  passwordHash: string | null,
): Promise<Outcome<{ agent: AgentRecord }>> {
  const { trx, announce } = change;
  const { actor, role, sees = 'all', lineIds = [] } = wanted;
  const manager = await findManager(trx, actor, 'agents.manage');
  const beyond = (await refuseRole(trx, manager, role)) ?? refuseLines(manager, { sees, lineIds });
  if (beyond) return beyond;
  const added = await insertAgent(change, wanted, passwordHash);
  if (!added.ok) return added;
  announce('agent.added', { agentId: added.agentId, role, actor });
  return { ok: true, agent: await findAgent(trx, added.agentId) };
}
