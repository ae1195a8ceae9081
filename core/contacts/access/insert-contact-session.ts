import { shorten } from '../../agents/check-fields.js';
import type { Change } from '../../database/change.js';
import { newToken } from '../../database/keys.js';
import { visitorLimits } from './models/contact-session.js';

export interface NewContactSession {
  readonly contactId: number;
  readonly identityId: number | null;
  readonly viewedBy?: number | null;
  readonly ip: string;
  /** What the browser says it is. */
  readonly device: string;
  /** How long it lives when it is not used, in ms. */
  readonly lifeMs?: number;
}

export interface StartedVisit {
  /** For the cookie; told once. */
  readonly token: string;
  readonly sessionId: number;
  readonly contactId: number;
}

const MOST_SESSIONS = 20;

/** Writes a session with a token that nobody has seen before; ends what is over, or too old of too many. */
export async function insertContactSession(
  { trx, at }: Pick<Change, 'trx' | 'at'>,
  { contactId, identityId, viewedBy = null, ip, device, lifeMs = visitorLimits.idleMs }: NewContactSession,
): Promise<StartedVisit> {
  const { token, hash } = newToken();
  await trx('contact_sessions').where('expiresAt', '<=', at).delete();
  const kept: { id: number }[] = await trx('contact_sessions')
    .where({ contactId })
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id', 'desc')
    .offset(MOST_SESSIONS - 1)
    .limit(1000)
    .select('id');
  if (kept.length > 0)
    await trx('contact_sessions')
      .whereIn(
        'id',
        kept.map(({ id }) => id),
      )
      .delete();
  const expiresAt = new Date(Date.parse(at) + lifeMs).toISOString();
  const [row] = await trx('contact_sessions')
    .insert({
      hash,
      contactId,
      identityId,
      viewedBy,
      createdAt: at,
      lastSeenAt: at,
      expiresAt,
      ip: shorten(ip, 64),
      device: shorten(device, 300),
    })
    .returning<{ id: number }[]>('id');
  return { token, sessionId: (row as { id: number }).id, contactId };
}
