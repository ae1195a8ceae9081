import { initialsOf, type PortalContext } from '@helpdesk/core';
import type { Language } from '../articles/article.js';

const NAMES: Readonly<Record<Language, string>> = { ru: 'Русский', en: 'English' };

interface Framed {
  readonly path: string;
  readonly description?: string;
  /** Where the same page is in other languages; left out: at the same address. */
  readonly paths?: Readonly<Partial<Record<Language, string>>>;
  readonly isHidden?: boolean;
}

/** What the layout says around a page of articles, to readers and to search engines. */
export function frameOf(ctx: PortalContext, { path, description, paths, isHidden }: Framed) {
  const { company } = ctx.app;
  const here =
    ctx.query['q'] === undefined ? '' : `&${new URLSearchParams({ q: ctx.query['q'] }).toString()}`;
  const known = (['ru', 'en'] as const).filter((code) =>
    paths ? paths[code] : company.languages.includes(code),
  );
  const alone = ctx.app.routes().some((route) => route.surface === 'portal' && route.path === '/')
    ? {}
    : {
        brand: { name: company.name, mark: initialsOf(company.name).slice(0, 1) || 'H', href: '/help' },
        accent: company.accent,
      };
  return {
    ...alone,
    styles: ['knowledge-base/articles.css'],
    scripts: ['knowledge-base/articles.js'],
    canonical: company.url + path,
    description,
    isHidden,
    alternates: paths ? known.map((code) => ({ code, href: `${company.url}${paths[code] ?? path}` })) : [],
    languages: known
      .filter((code) => code !== ctx.language || (paths && paths[code] !== path))
      .map((code) => ({
        code,
        label: NAMES[code],
        href: `${paths?.[code] ?? path}?lang=${code}${paths ? '' : here}`,
      })),
  };
}

/**
 * `?lang=` chooses the language of all pages and leaves the address clean: until the browser is closed it goes before
 * the profile of whoever signs in, and for a stranger, who has no profile, it is kept. @returns whether it has answered
 */
export function choseLanguage(ctx: PortalContext): boolean {
  const { lang, ...rest } = ctx.query;
  if (lang !== 'ru' && lang !== 'en') return false;
  ctx.setCookie('hd-visit-language', lang);
  if (ctx.contactId === null) ctx.setCookie('hd-language', lang, { maxAgeMs: 365 * 24 * 3_600_000 });
  const query = new URLSearchParams(rest).toString();
  ctx.redirect(ctx.path + (query && `?${query}`));
  return true;
}

/** Where a customer writes to us; undefined where there is no form. */
export function writeUrl({ app, contactId }: PortalContext): string | undefined {
  const path = contactId === null ? '/write' : '/requests/new';
  const has = app
    .routes()
    .some((route) => route.surface === 'portal' && route.method === 'GET' && route.path === path);
  return has ? path : undefined;
}

/** For good: search engines follow and forget the old address. */
export function movedTo(ctx: PortalContext, path: string): void {
  ctx.send('', { type: 'text/plain', status: 301, headers: { Location: path } });
}
