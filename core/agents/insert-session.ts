import type { Change } from '../database/change.js';
import { newToken } from '../database/keys.js';
import { shorten } from './check-fields.js';
import { expiryOf, Session, sessionLimits, type SessionLimits } from './models/session.js';

export interface NewSession {
  readonly agentId: number;
  readonly ip: string;
  /** What the browser says it is. */
  readonly device: string;
  readonly limits?: SessionLimits | undefined;
}

export interface StartedSession {
  /** For the cookie; told once. */
  readonly token: string;
  readonly sessionId: number;
  readonly expiresAt: string;
}

const MOST_SESSIONS = 50;

/** Writes a session with a token that nobody has seen before; ends what is over, or too old of too many. */
export async function insertSession(
  { trx, at }: Pick<Change, 'trx' | 'at'>,
  { agentId, ip, device, limits = sessionLimits }: NewSession,
): Promise<StartedSession> {
  const { token, hash } = newToken();
  const expiresAt = expiryOf(new Date(at), new Date(at), limits);
  await Session.query(trx).delete().where('expiresAt', '<=', at);
  const kept = await Session.query(trx)
    .select('id')
    .where({ agentId })
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id', 'desc');
  const tooMany = kept.slice(MOST_SESSIONS - 1).map(({ id }) => id);
  if (tooMany.length > 0) await Session.query(trx).delete().whereIn('id', tooMany);
  const row = { agentId, hash, createdAt: at, lastSeenAt: at, expiresAt };
  const { id } = await Session.query(trx).insert({
    ...row,
    ip: shorten(ip, 64),
    device: shorten(device, 300),
  });
  return { token, sessionId: id, expiresAt };
}
