import { initialsOf, type PortalContext } from '@helpdesk/core';
import type { Portal } from '../portal.js';

const labels = { ru: 'Русский', en: 'English' } as const;

/** What the layout around every page of a customer shows. Reads no database. */
export function buildFrame(ctx: PortalContext, portal: Portal): Record<string, unknown> {
  const { visitor, language } = ctx;
  const { name, accent, languages } = ctx.app.company;
  const { footer } = portal.settings();
  return {
    brand: { name, mark: initialsOf(name).slice(0, 1) || 'H', href: '/' },
    accent,
    styles: ['portal/portal.css'],
    // For search engines there are the start page and what other plugins show to everybody.
    isHidden: visitor !== null || (ctx.path !== '/' && ctx.path !== '/write'),
    links: linksOf(ctx, portal),
    ...(visitor
      ? {
          visitor: { name: visitor.name, href: '/profile', current: ctx.path === '/profile' },
          signOutUrl: '/sign-out',
          ...(visitor.viewedBy === null
            ? {}
            : { viewedAs: { name: visitor.name, leaveUrl: '/sign-out' }, signOutUrl: undefined }),
        }
      : { signInUrl: '/sign-in' }),
    // An agent who looks sees what the customer sees, in the customer's language.
    ...(visitor?.viewedBy
      ? {}
      : {
          languages: languages
            .filter((code) => code !== language)
            .map((code) => ({ code, label: labels[code] })),
          languageUrl: '/language',
        }),
    footer: footer || undefined,
  };
}

function linksOf(ctx: PortalContext, portal: Portal): Record<string, unknown>[] {
  const { path, t, visitor } = ctx;
  const articles = portal.articles();
  const writes = visitor !== null || portal.settings().strangersWrite;
  const writeUrl = visitor ? '/requests/new' : '/write';
  return [
    ...(articles
      ? [
          {
            label: t('portal.nav.articles'),
            href: articles.homeUrl,
            isMinor: true,
            current: path.startsWith(articles.homeUrl),
          },
        ]
      : []),
    ...(visitor
      ? [{ label: t('portal.requests.title'), href: '/requests', current: path === '/requests' }]
      : []),
    ...(writes
      ? [
          {
            label: t('portal.nav.write'),
            href: writeUrl,
            isMinor: true,
            isButton: true,
            current: path === writeUrl,
          },
        ]
      : []),
  ];
}
