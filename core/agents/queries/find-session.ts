import type { Knex } from 'knex';
import { hashToken } from '../../database/keys.js';
import { isToken } from '../models/agent-token.js';

export interface FoundSession {
  readonly sessionId: number;
  readonly agentId: number;
  readonly expiresAt: string;
}

/** A session as it is now, with what tells that rights have changed since. */
export interface LiveSession extends FoundSession {
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly agentVersion: number;
  readonly permissions: string;
}

/** The session of a cookie. @returns null when it is unknown, over, or its agent is disabled */
export async function findSession(db: Knex, token: string, now: Date): Promise<FoundSession | null> {
  if (!isToken(token)) return null;
  const live = await readSession(db, hashToken(token), now);
  return live ? { sessionId: live.sessionId, agentId: live.agentId, expiresAt: live.expiresAt } : null;
}

/** @param hash of the token */
export async function readSession(db: Knex, hash: string, now: Date): Promise<LiveSession | undefined> {
  const row: LiveSession | undefined = await db('sessions')
    .join('agents', 'agents.id', 'sessions.agentId')
    .join('roles', 'roles.key', 'agents.role')
    .where('sessions.hash', hash)
    .where('sessions.expiresAt', '>', now.toISOString())
    .whereNull('agents.disabledAt')
    .first({
      sessionId: 'sessions.id',
      agentId: 'sessions.agentId',
      expiresAt: 'sessions.expiresAt',
      createdAt: 'sessions.createdAt',
      lastSeenAt: 'sessions.lastSeenAt',
      agentVersion: 'agents.version',
      permissions: 'roles.permissions',
    });
  return row;
}
