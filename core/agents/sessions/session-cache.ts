import type { App } from '../../database/app.js';
import { hashToken } from '../../database/keys.js';
import { touchSession } from '../actions/touch-session.js';
import type { AgentRecord } from '../models/agent.js';
import { isToken } from '../models/agent-token.js';
import { findAgent } from '../queries/find-agent.js';
import { readSession, type FoundSession, type LiveSession } from '../queries/find-session.js';
import { findViewer } from '../queries/find-viewer.js';
import { rightsVersion } from '../rights-version.js';
import type { Viewer } from '../viewer.js';

/** Everything a page must know of the one who asks for it. */
export interface SignedIn {
  readonly session: FoundSession;
  readonly viewer: Viewer;
  readonly agent: AgentRecord;
}

export interface SessionCache {
  /**
   * Who holds this token now. What this process changed counts at once, what others changed after a second.
   * @param options.touch false for open streams: they ask every second and must not keep a session alive
   */
  find(token: string, options?: { touch?: boolean }): Promise<SignedIn | null>;
  readonly size: number;
}

interface Entry {
  readonly version: number;
  readonly checkedAt: number;
  readonly found: Promise<Known | null>;
}
interface Known extends SignedIn {
  readonly live: LiveSession;
}

const FRESH_MS = 1000;
const TOUCH_MS = 60_000;

/** Remembers sessions in this process, `most` at a time, so that a page usually costs no query for it. */
export function createSessionCache(app: App, { most = 5000 }: { most?: number } = {}): SessionCache {
  const entries = new Map<string, Entry>();
  const touched = new Map<string, number>();

  function remember(hash: string, entry: Entry): void {
    entries.delete(hash);
    entries.set(hash, entry);
    for (const oldest of entries.keys()) {
      if (entries.size <= most) break;
      forget(oldest);
    }
  }
  function forget(hash: string): void {
    entries.delete(hash);
    touched.delete(hash);
  }

  async function look(hash: string, now: Date): Promise<Known | null> {
    const entry = entries.get(hash);
    // Read before asking: a change that commits while we ask makes the answer old at once.
    const version = rightsVersion(app.db);
    const age = entry ? now.getTime() - entry.checkedAt : 0;
    if (entry && entry.version === version && age >= 0 && age < FRESH_MS) {
      remember(hash, entry);
      return entry.found;
    }
    const before = entry?.version === version ? await entry.found.catch(() => null) : null;
    const found = load(app, hash, now, before);
    remember(hash, { version, checkedAt: now.getTime(), found });
    const known = await found.catch((error: unknown) => {
      forget(hash);
      throw error;
    });
    // Unknown tokens are not remembered: anybody can make them up.
    if (!known) forget(hash);
    return known;
  }

  function touch(hash: string, { live }: Known, now: Date): void {
    const last = touched.get(hash) ?? Date.parse(live.lastSeenAt);
    if (now.getTime() - last < TOUCH_MS) return;
    touched.set(hash, now.getTime());
    const work = touchSession(app, live.sessionId);
    app.signals.track(work.catch((error: unknown) => app.log.warn({ err: error }, 'session not touched')));
  }

  return {
    async find(token, options = {}) {
      if (!isToken(token)) return null;
      const now = app.now();
      const hash = hashToken(token);
      const known = await look(hash, now);
      if (!known || known.live.expiresAt <= now.toISOString()) return null;
      if (options.touch !== false) touch(hash, known, now);
      return { session: known.session, viewer: known.viewer, agent: known.agent };
    },
    get size() {
      return entries.size;
    },
  };
}

async function load(app: App, hash: string, now: Date, before: Known | null): Promise<Known | null> {
  const live = await readSession(app.db, hash, now);
  if (!live) return null;
  const session = { sessionId: live.sessionId, agentId: live.agentId, expiresAt: live.expiresAt };
  const isSame =
    before && before.live.agentVersion === live.agentVersion && before.live.permissions === live.permissions;
  if (isSame) return { ...before, session, live };
  const [viewer, agent] = await Promise.all([
    findViewer(app.db, live.agentId),
    findAgent(app.db, live.agentId),
  ]);
  return viewer ? { session, viewer, agent, live } : null;
}
