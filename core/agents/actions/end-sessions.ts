import type { App } from '../../database/app.js';
import type { Actor } from '../../hooks/catalogue.js';
import { Session } from '../models/session.js';
import { changeRights } from '../rights-version.js';

export interface EndSessions {
  readonly agentId: number;
  /** The session that stays. */
  readonly except?: number;
  readonly actor: Actor;
}

/** Signs somebody out everywhere. @returns how many sessions ended */
export function endSessions(app: App, { agentId, except = 0, actor }: EndSessions): Promise<number> {
  return changeRights(app, async ({ trx, announce }) => {
    const count = await Session.query(trx).delete().where({ agentId }).whereNot('id', except);
    if (count > 0) announce('agent.signedOut', { agentId, actor });
    return count;
  });
}
