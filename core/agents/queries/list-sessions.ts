import type { Knex } from 'knex';
import { Session, type SessionRecord } from '../models/session.js';

/** Where an agent is signed in now, the latest used first. */
export async function listSessions(db: Knex, agentId: number, now: Date): Promise<SessionRecord[]> {
  const rows = await Session.query(db)
    .where({ agentId })
    .where('expiresAt', '>', now.toISOString())
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id', 'desc');
  return rows.map(({ id, device, ip, createdAt, lastSeenAt }) => ({ id, device, ip, createdAt, lastSeenAt }));
}
