import Router from '@koa/router';
import type { Context as KoaContext, Middleware } from 'koa';
import { can } from '../agents/viewer.js';
import type { SessionCache, SignedIn } from '../agents/sessions/session-cache.js';
import type { Visitor } from '../contacts/access/models/visitor.js';
import { VIEW_AS_MS, visitorLimits } from '../contacts/access/models/contact-session.js';
import { errors } from '../errors/errors.js';
import type { HostApp } from '../plugins/host-app.js';
import { sessionCookie, setCookie, visitorCookie } from './browser-cookie.js';
import type {
  BaseContext,
  DeskContext,
  InboundContext,
  PortalContext,
  PublicDeskContext,
} from './context.js';
import { createSignedInReader } from './find-signed-in.js';
import { deskFrame, portalFrame } from './frame.js';
import { makeContext } from './make-context.js';
import { makeVisit, type Caller } from './make-visit.js';
import { createPortalLimits } from './portal-limits.js';
import { readBytes } from './read-body.js';
import type { Route } from './routers.js';
import { sitePath } from './site-path.js';
import type { Visit, WebParts } from './visit.js';

export interface Dispatch {
  /** Answers what its routes match; else the next one does. */
  readonly middleware: Middleware;
  /** A visit for pages that no route answers: errors. */
  visitOf(koa: KoaContext): Promise<Visit>;
}

type KoaVisit = KoaContext & { params: Record<string, string> };

const INBOUND_BYTES = 10 * 1024 * 1024;
const SESSION_MS = 30 * 24 * 3_600_000;

/** Routes of one composition behind the guards of their surfaces. */
export function createDispatch(
  app: HostApp,
  {
    web,
    routes,
    sessions,
    isHttps,
  }: { web: WebParts; routes: readonly Route[]; sessions: SessionCache; isHttps: boolean },
): Dispatch {
  const rules = { isHttps };
  const cookie = sessionCookie(rules);
  const ownCookie = visitorCookie(rules);
  const who = createSignedInReader(app, { sessions, rules });
  const limits = createPortalLimits();
  const router = new Router();
  for (const route of routes) router.register(route.path, [route.method], (koa) => answer(koa, route));

  async function answer(koa: KoaVisit, route: Route): Promise<void> {
    if (route.surface === 'inbound') return answerInbound(koa, route);
    if (route.surface === 'api') throw errors.SIGN_IN_NEEDED();
    const context = route.surface === 'desk' ? await enterDesk(koa, route) : await enterPortal(koa, route);
    if (context) await route.handler(context as never);
  }

  async function enterDesk(koa: KoaVisit, { access }: Route): Promise<BaseContext | undefined> {
    const signedIn = await who.agent(koa);
    if (access.kind === 'permission' || access.kind === 'own') {
      if (!signedIn) return askToSignIn(koa, '/desk/sign-in', '/desk');
      if (access.kind === 'permission' && !can(signedIn.viewer, access.permission))
        throw errors.PERMISSION_MISSING({ permission: access.permission });
    }
    const base = makeContext(koa, visitFor(koa, { surface: 'desk', signedIn, visitor: null }));
    // Nobody who is not signed in sends files to the desk: what is read waits in memory.
    await readForm(koa, base, { takesFiles: signedIn !== null });
    return deskContext(koa, base, signedIn);
  }

  async function enterPortal(koa: KoaVisit, { access, how = {} }: Route): Promise<BaseContext | undefined> {
    limits.take({ ip: koa.ip, isRead: isRead(koa), now: app.now() });
    const visitor = await who.visitor(koa);
    if (access.kind === 'visitor' && !visitor) return askToSignIn(koa, '/sign-in', '/');
    const base = makeContext(koa, visitFor(koa, { surface: 'portal', signedIn: null, visitor }));
    await readForm(koa, base, { takesFiles: how.files === true && visitor !== null });
    if (!isRead(koa) && visitor?.viewedBy && !how.whileViewing) throw errors.VIEW_ONLY();
    return portalContext(koa, base, visitor);
  }

  /** Before the handler, so that one that needs no field cannot be posted to from elsewhere. */
  async function readForm(
    koa: KoaContext,
    base: BaseContext,
    { takesFiles }: { takesFiles: boolean },
  ): Promise<void> {
    if (isRead(koa)) return;
    if (!takesFiles && koa.is('multipart/form-data'))
      throw errors.INPUT_INVALID({ because: 'this form takes no files' });
    await base.typed();
  }

  function visitFor(koa: KoaContext & { params?: Record<string, string> }, caller: Caller): Visit {
    const visit: Visit = makeVisit(koa, caller, { web, rules, frame: async () => (await frame()) ?? {} });
    const frame = () => {
      const base = makeContext(koa, visit);
      return caller.surface === 'portal'
        ? app.service(portalFrame)?.build(portalContext(koa, base, caller.visitor))
        : app.service(deskFrame)?.build(deskContext(koa, base, caller.signedIn));
    };
    return visit;
  }

  function deskContext(
    koa: KoaContext,
    base: BaseContext,
    signedIn: SignedIn | null,
  ): PublicDeskContext | DeskContext {
    const open: PublicDeskContext = Object.assign(base, {
      signedIn,
      sessionToken: koa.cookies.get(cookie),
      startSession: (token: string) =>
        setCookie(koa, rules, { name: cookie, value: token, maxAgeMs: SESSION_MS }),
      endSession: () => setCookie(koa, rules, { name: cookie, value: null }),
      startVisit: (token: string) =>
        setCookie(koa, rules, { name: ownCookie, value: token, maxAgeMs: VIEW_AS_MS }),
    });
    if (!signedIn) return open;
    const { agent, viewer, session } = signedIn;
    return Object.assign(open, {
      agent,
      viewer,
      sessionId: session.sessionId,
      can: (permission: string) => can(viewer, permission),
    });
  }

  function portalContext(koa: KoaContext, base: BaseContext, visitor: Visitor | null): PortalContext {
    return Object.assign(base, {
      visitor,
      contactId: visitor?.contactId ?? null,
      sessionToken: koa.cookies.get(ownCookie),
      startSession: (token: string) =>
        setCookie(koa, rules, { name: ownCookie, value: token, maxAgeMs: visitorLimits.absoluteMs }),
      endSession: () => setCookie(koa, rules, { name: ownCookie, value: null }),
    });
  }

  async function answerInbound(koa: KoaVisit, route: Route): Promise<void> {
    const raw = await readBytes(koa.req, INBOUND_BYTES);
    const visit = visitFor(koa, { surface: 'inbound', signedIn: null, visitor: null });
    const context: InboundContext = Object.assign(makeContext(koa, { ...visit, needsOrigin: false }), {
      raw,
    });
    const proven = await route.check?.(context);
    if (!proven) {
      koa.status = 403;
      koa.body = '';
      return;
    }
    await route.handler(context as never);
  }

  return {
    middleware: router.routes() as unknown as Middleware,
    async visitOf(koa) {
      const isDesk = /^\/desk(?:\/|$)/.test(koa.path);
      const signedIn = isDesk ? await who.agent(koa) : null;
      const visitor = isDesk ? null : await who.visitor(koa);
      return visitFor(koa, { surface: isDesk ? 'desk' : 'portal', signedIn, visitor });
    },
  };
}

const isRead = ({ method }: KoaContext): boolean => method === 'GET' || method === 'HEAD';

function askToSignIn(koa: KoaContext, signIn: string, home: string): undefined {
  if (koa.get('X-Fragment') === '1' || koa.path.endsWith('/live')) throw errors.SIGN_IN_NEEDED();
  const next = koa.method === 'GET' ? sitePath(koa.path + koa.search, home) : home;
  koa.status = 303;
  koa.set('Location', `${signIn}?next=${encodeURIComponent(next)}`);
  koa.body = '';
}
