import { randomBytes } from 'node:crypto';
import type { Context } from 'koa';

export interface CookieRules {
  readonly isHttps: boolean;
}

/** `__Host-` binds a cookie to this host and to https; on plain http browsers refuse it. */
export const sessionCookie = ({ isHttps }: CookieRules): string => (isHttps ? '__Host-hd' : 'hd');

/** A customer's session is kept apart from an agent's: one browser may hold both. */
export const visitorCookie = ({ isHttps }: CookieRules): string => (isHttps ? '__Host-hdp' : 'hdp');

export function setCookie(
  koa: Context,
  { isHttps }: CookieRules,
  cookie: {
    name: string;
    value: string | null;
    maxAgeMs?: number | undefined;
    httpOnly?: boolean | undefined;
  },
): void {
  const { name, value, maxAgeMs, httpOnly = true } = cookie;
  koa.cookies.set(name, value, {
    httpOnly,
    sameSite: 'lax',
    // The framework refuses a secure cookie on a connection it does not see as encrypted; behind a proxy it is.
    secure: isHttps && koa.secure,
    overwrite: true,
    path: '/',
    ...(maxAgeMs === undefined ? {} : { maxAge: maxAgeMs }),
  });
}

/** A random mark of a browser without a session, so that its forms can carry a token of their own. */
export function browserMark(koa: Context, rules: CookieRules): string {
  const known = koa.cookies.get('hd-browser');
  if (known && /^[\w-]{22}$/.test(known)) return known;
  const mark = randomBytes(16).toString('base64url');
  setCookie(koa, rules, { name: 'hd-browser', value: mark });
  return mark;
}
