import type { Knex } from 'knex';
import type { Viewer } from '../viewer.js';
import { findSession } from './find-session.js';
import { findViewer } from './find-viewer.js';

/** As whom a session looks now; null when it is over. For streams, which outlive the request that opened them. */
export async function findLiveViewer(db: Knex, token: string, now: Date): Promise<Viewer | null> {
  const session = await findSession(db, token, now);
  return (session && (await findViewer(db, session.agentId))) ?? null;
}
