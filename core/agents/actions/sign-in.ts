import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { hashToken } from '../../database/keys.js';
import { normaliseEmail } from '../check-fields.js';
import { insertSession, type StartedSession } from '../insert-session.js';
import { signInLimits } from '../limits/sign-in-limits.js';
import { Agent, type AgentRecord } from '../models/agent.js';
import { isToken } from '../models/agent-token.js';
import { Session, type SessionLimits } from '../models/session.js';
import { hashPassword, isOutdated, verifyPassword } from '../passwords/hash-password.js';
import { findAgent } from '../queries/find-agent.js';
import { changeRights } from '../rights-version.js';

export interface SignIn {
  readonly email: string;
  readonly password: string;
  readonly ip: string;
  readonly device: string;
  /** The token that the browser came with; it ends, whoever put it there. */
  readonly replaces?: string | undefined;
  readonly limits?: SessionLimits;
  readonly door?: string;
}

export type SignedInNow = { readonly ok: true; readonly agent: AgentRecord } & StartedSession;
export type SignInAnswer =
  | SignedInNow
  | { readonly ok: false; readonly because: 'core.signIn.wrong' }
  | { readonly ok: false; readonly because: 'core.signIn.tooMany'; readonly retryInSeconds: number };

/**
 * Tries a password and starts a session with a new token. An unknown address, a disabled account and a wrong
 * password get the same answer after the same work.
 */
export async function signIn(app: App, wanted: SignIn): Promise<SignInAnswer> {
  const email = normaliseEmail(wanted.email);
  const retryInSeconds = signInLimits(app).take(email, wanted.ip, app.now());
  if (retryInSeconds > 0) return { ok: false, because: 'core.signIn.tooMany', retryInSeconds };
  const agent = await Agent.query(app.db).findOne({ email });
  const isRight = await verifyPassword(agent?.passwordHash ?? null, wanted.password);
  const entered = agent && isRight && agent.disabledAt === null ? await enter(app, agent, wanted) : undefined;
  if (!entered) return refuseSignIn(app, agent?.id ?? null, wanted);
  signInLimits(app).succeeded(email, wanted.ip);
  return entered;
}

async function enter(app: App, agent: Agent, wanted: SignIn): Promise<SignedInNow | undefined> {
  const { id, passwordHash } = agent;
  const renewed = passwordHash && isOutdated(passwordHash) ? await hashPassword(wanted.password) : undefined;
  return changeRights(app, async (open) => {
    const { trx } = open;
    // Disabled or given another password while this one was tried: then it was not right.
    const same = await Agent.query(trx)
      .findById(id)
      .where({ passwordHash })
      .whereNull('disabledAt')
      .forUpdate();
    if (!same) return undefined;
    if (renewed) await Agent.query(trx).findById(id).patch({ passwordHash: renewed });
    if (isToken(wanted.replaces)) await Session.query(trx).delete().where('hash', hashToken(wanted.replaces));
    const { ip, device, limits, door = 'desk' } = wanted;
    const started = await insertSession(open, { agentId: id, ip, device, limits });
    open.announce('agent.signedIn', { agentId: id, actor: { kind: 'agent', id, door } });
    return { ok: true, agent: await findAgent(trx, id), ...started };
  });
}

async function refuseSignIn(
  app: App,
  agentId: number | null,
  { door = 'desk' }: SignIn,
): Promise<SignInAnswer> {
  await change(app, ({ announce }) => {
    announce('agent.signInFailed', { agentId, actor: { kind: 'system', id: 'sign-in', door } });
    return Promise.resolve();
  });
  return { ok: false, because: 'core.signIn.wrong' };
}
