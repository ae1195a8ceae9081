import { isToken } from '../../../agents/models/agent-token.js';
import type { App } from '../../../database/app.js';
import { change } from '../../../database/change.js';
import { hashToken } from '../../../database/keys.js';
import type { Actor } from '../../../hooks/catalogue.js';

export interface EndContactSessions {
  readonly contactId: number;
  /** This one alone; all when left out. */
  readonly sessionId?: number;
  /** The session that stays. */
  readonly except?: number;
  readonly actor: Actor;
}

/** Signs a customer out, on one device or on all. An agent who looks is no device. @returns how many sessions ended */
export function endContactSessions(
  app: App,
  { contactId, sessionId, except = 0, actor }: EndContactSessions,
): Promise<number> {
  return change(app, async ({ trx, announce }) => {
    const rows = trx('contact_sessions').where({ contactId }).whereNull('viewedBy').whereNot('id', except);
    if (sessionId !== undefined) void rows.where({ id: sessionId });
    const count = await rows.delete();
    if (count > 0) announce('contact.signedOut', { contactId, actor });
    return count;
  });
}

/** Ends the session of a cookie, also that of an agent who looks. */
export async function leavePortal(
  app: App,
  { token, actor }: { token: string | undefined; actor: Actor },
): Promise<void> {
  if (!isToken(token)) return;
  await change(app, async ({ trx, announce }) => {
    const hash = hashToken(token);
    const session: { contactId: number; viewedBy: number | null } | undefined = await trx('contact_sessions')
      .where({ hash })
      .first('contactId', 'viewedBy');
    if (!session) return;
    await trx('contact_sessions').where({ hash }).delete();
    if (session.viewedBy === null) announce('contact.signedOut', { contactId: session.contactId, actor });
  });
}
