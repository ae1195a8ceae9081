import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { Agent } from '../models/agent.js';
import { expiryOf, Session, sessionLimits, type SessionLimits } from '../models/session.js';

const TOUCH_MS = 60_000;

/** Notes that a session is in use and puts its end off; at most once a minute, otherwise it does nothing. */
export async function touchSession(
  app: App,
  sessionId: number,
  limits: SessionLimits = sessionLimits,
): Promise<void> {
  const now = app.now();
  const session = await Session.query(app.db).findById(sessionId);
  if (!session || now.getTime() - Date.parse(session.lastSeenAt) < TOUCH_MS) return;
  await change(app, async ({ trx, at }) => {
    const expiresAt = expiryOf(new Date(session.createdAt), now, limits);
    const count = await Session.query(trx)
      .where('id', sessionId)
      .where('expiresAt', '>', at)
      .patch({ lastSeenAt: at, expiresAt });
    if (count === 1) await Agent.query(trx).where('id', session.agentId).patch({ lastSeenAt: at });
  });
}
