import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { AgentToken } from '../models/agent-token.js';
import { Session } from '../models/session.js';

/** Removes sessions and links that are over; for a daily job. @returns how many rows went */
export function purgeSessions(app: App): Promise<number> {
  return change(app, async ({ trx, at }) => {
    const sessions = await Session.query(trx).delete().where('expiresAt', '<=', at);
    const tokens = await AgentToken.query(trx).delete().where('expiresAt', '<=', at);
    return sessions + tokens;
  });
}
