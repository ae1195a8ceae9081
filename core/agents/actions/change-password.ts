import type { App } from '../../database/app.js';
import { errors } from '../../errors/errors.js';
import type { Actor } from '../../hooks/catalogue.js';
import { signInLimits } from '../limits/sign-in-limits.js';
import { Agent } from '../models/agent.js';
import { refused, type Outcome } from '../outcome.js';
import { checkPassword } from '../passwords/check-password.js';
import { hashPassword, verifyPassword } from '../passwords/hash-password.js';
import { changeRights } from '../rights-version.js';
import { setPasswordInside } from '../set-password.js';

export interface ChangePassword {
  readonly agentId: number;
  readonly oldPassword: string;
  readonly password: string;
  /** The session that asks and stays; all others end. */
  readonly sessionId?: number;
  readonly company?: string;
  readonly actor: Actor;
}

/** Changes one's own password; the old one must be known. @throws AGENT_UNKNOWN, RATE_LIMITED */
export async function changePassword(app: App, wanted: ChangePassword): Promise<Outcome> {
  const { agentId, oldPassword, password, sessionId, company = '', actor } = wanted;
  const agent = await Agent.query(app.db).findById(agentId).whereNull('disabledAt');
  if (!agent) throw errors.AGENT_UNKNOWN();
  // Counted like a sign-in: a browser left open must not be a way to guess the password.
  const seconds = signInLimits(app).take(`old ${agent.email}`, '', app.now());
  if (seconds > 0) throw errors.RATE_LIMITED({ seconds });
  if (!(await verifyPassword(agent.passwordHash, oldPassword)))
    return refused('core.password.wrong', 'oldPassword');
  const bad = checkPassword(password, { email: agent.email, name: agent.name, company });
  if (bad) return bad;
  const passwordHash = await hashPassword(password);

  return changeRights(app, async (change) => {
    const same = await Agent.query(change.trx)
      .findById(agentId)
      .where({ passwordHash: agent.passwordHash })
      .forUpdate();
    if (!same) return refused('core.password.wrong', 'oldPassword');
    await setPasswordInside(change, { agentId, passwordHash, by: 'self', actor, keep: sessionId });
    return { ok: true };
  });
}
