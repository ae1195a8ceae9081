import type { Context as KoaContext } from 'koa';
import type { SignedIn } from '../agents/sessions/session-cache.js';
import { can } from '../agents/viewer.js';
import type { Visitor } from '../contacts/access/models/visitor.js';
import type { Actor } from '../hooks/catalogue.js';
import { browserMark, setCookie, type CookieRules } from './browser-cookie.js';
import { chooseLanguage } from './choose-language.js';
import { cleanText } from './clean-text.js';
import { seedOf } from './make-context.js';
import type { Surface } from './routers.js';
import type { Visit, WebParts } from './visit.js';

/** Who came, to which surface. */
export interface Caller {
  readonly surface: Surface;
  readonly signedIn: SignedIn | null;
  readonly visitor: Visitor | null;
}

export function makeVisit(
  koa: KoaContext & { params?: Record<string, string> },
  { surface, signedIn, visitor }: Caller,
  { web, rules, frame }: { web: WebParts; rules: CookieRules; frame: Visit['frame'] },
): Visit {
  const { app } = web;
  const { company } = app;
  let seed: string | undefined;
  return {
    web,
    params: cleanParams(koa.params),
    language: chooseLanguage({
      // An agent who looks as a customer sees what the customer sees.
      visit: surface === 'portal' && !visitor?.viewedBy ? koa.cookies.get('hd-visit-language') : undefined,
      own: signedIn?.agent.language ?? visitor?.language ?? null,
      cookie: koa.cookies.get('hd-language'),
      accepts: koa.get('Accept-Language'),
      company: company.language,
      allowed: company.languages,
      asksBrowser: surface === 'portal',
      isNew: !app.settings.isSet('company', 'name'),
    }),
    timeZone: signedIn?.agent.timeZone ?? visitor?.timeZone ?? company.timeZone,
    actor: actorOf({ surface, signedIn, visitor }),
    viewer: signedIn?.viewer ?? null,
    visitor,
    home: surface === 'portal' ? '/' : '/desk',
    needsOrigin: true,
    // Asked for by pages with forms alone: nobody else's browser is marked.
    csrfSeed: () => (seed ??= seedFor(koa, { signedIn, visitor }, rules)),
    can: (permission) => signedIn !== null && can(signedIn.viewer, permission),
    frame,
    setCookie: (name, value, options = {}) => setCookie(koa, rules, { name, value, ...options }),
  };
}

const cleanParams = (params: Readonly<Record<string, string | undefined>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([name, value = '']) => [name, cleanText(value)]));

function actorOf({ surface, signedIn, visitor }: Caller): Actor {
  if (signedIn) return { kind: 'agent', id: signedIn.agent.id, door: 'desk' };
  if (visitor?.viewedBy) return { kind: 'agent', id: visitor.viewedBy, door: surface };
  if (visitor) return { kind: 'contact', id: visitor.contactId, door: surface };
  return { kind: 'system', id: 'visitor', door: surface };
}

function seedFor(
  koa: KoaContext,
  { signedIn, visitor }: Pick<Caller, 'signedIn' | 'visitor'>,
  rules: CookieRules,
): string {
  if (signedIn) return `session:${signedIn.session.sessionId}`;
  return visitor ? `visitor:${visitor.sessionId}` : seedOf(browserMark(koa, rules));
}
