import type { App } from '../../database/app.js';
import { hashToken } from '../../database/keys.js';
import type { Actor } from '../../hooks/catalogue.js';
import { isToken } from '../models/agent-token.js';
import { Session } from '../models/session.js';
import { changeRights } from '../rights-version.js';

/** Signs out: by the token of the cookie, or a session of one's own from the list of devices. */
export type EndSession = { readonly actor: Actor } & (
  | { readonly token: string }
  | { readonly sessionId: number; readonly agentId: number }
);

/** @returns whether there was such a session */
export async function endSession(app: App, { actor, ...which }: EndSession): Promise<boolean> {
  if ('token' in which && !isToken(which.token)) return false;
  const where =
    'token' in which ? { hash: hashToken(which.token) } : { id: which.sessionId, agentId: which.agentId };
  return changeRights(app, async ({ trx, announce }) => {
    const session = await Session.query(trx).findOne(where);
    if (!session) return false;
    const count = await Session.query(trx).deleteById(session.id);
    if (count === 1) announce('agent.signedOut', { agentId: session.agentId, actor });
    return count === 1;
  });
}
