import type { Context as KoaContext } from 'koa';
import type { SessionCache, SignedIn } from '../agents/sessions/session-cache.js';
import { touchVisitor } from '../contacts/access/actions/touch-visitor.js';
import type { Visitor } from '../contacts/access/models/visitor.js';
import { findVisitor } from '../contacts/access/queries/find-visitor.js';
import type { HostApp } from '../plugins/host-app.js';
import { sessionCookie, visitorCookie, type CookieRules } from './browser-cookie.js';

/** Who a browser is signed in as: an agent on the desk, a customer on the portal. Each has a cookie of its own. */
export interface SignedInReader {
  agent(koa: KoaContext): Promise<SignedIn | null>;
  visitor(koa: KoaContext): Promise<Visitor | null>;
}

const TOUCH_MS = 10 * 60_000;

export function createSignedInReader(
  app: HostApp,
  { sessions, rules }: { sessions: SessionCache; rules: CookieRules },
): SignedInReader {
  function touch(sessionId: number): void {
    const work = touchVisitor(app, sessionId);
    app.signals.track(work.catch((error: unknown) => app.log.warn({ err: error }, 'session not touched')));
  }
  return {
    async agent(koa) {
      const token = koa.cookies.get(sessionCookie(rules));
      return token ? sessions.find(token) : null;
    },
    async visitor(koa) {
      const token = koa.cookies.get(visitorCookie(rules));
      const now = app.now();
      const found = token ? await findVisitor(app.db, token, now) : null;
      if (!found) return null;
      const { visitor, lastSeenAt } = found;
      if (visitor.viewedBy === null && now.getTime() - Date.parse(lastSeenAt) >= TOUCH_MS)
        touch(visitor.sessionId);
      return visitor;
    },
  };
}
