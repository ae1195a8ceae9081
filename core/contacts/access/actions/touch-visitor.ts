import type { App } from '../../../database/app.js';
import { change } from '../../../database/change.js';
import { visitorLimits } from '../models/contact-session.js';

/** Notes that a customer's session is in use and puts its end off. An agent's look ends when it ends. */
export async function touchVisitor(app: App, sessionId: number): Promise<void> {
  await change(app, async ({ trx, at }) => {
    const session: { createdAt: string } | undefined = await trx('contact_sessions')
      .where({ id: sessionId })
      .whereNull('viewedBy')
      .where('expiresAt', '>', at)
      .first('createdAt');
    if (!session) return;
    const last = Date.parse(session.createdAt) + visitorLimits.absoluteMs;
    const expiresAt = new Date(Math.min(Date.parse(at) + visitorLimits.idleMs, last)).toISOString();
    await trx('contact_sessions').where({ id: sessionId }).update({ lastSeenAt: at, expiresAt });
  });
}
