import type { HostApp } from '@helpdesk/core';
import { otherLanguage, type Language } from '../articles/article.js';
import { pathOf, type Scope } from '../articles/visible.js';
import { listReadable } from './published.js';
import { remember } from './remember.js';
import { scopeOf, type Services } from './reader.js';

const POPULAR = 6;
/** More than are shown: some are not for everybody, some are the same article in the other language. */
const LOOKED_AT = 40;
const DAYS_MS = 30 * 24 * 3_600_000;

interface Asked {
  readonly scope: Scope;
  readonly language: Language;
}

/** What is read most these days, as links; with few readers what was published last. */
export async function popularArticles(app: HostApp, { scope, language }: Asked) {
  const ids = await remember(app, 'popular texts', () => readCandidates(app, language), language);
  const texts = await listReadable(app.db, { ids, scope });
  const own = texts.filter((text) => text.language === language);
  const known = new Set(own.map(({ articleId }) => articleId));
  const others = texts.filter(({ articleId, language: one }) => one !== language && !known.has(articleId));
  return [...own, ...others]
    .slice(0, POPULAR)
    .map((text) => ({ title: text.title, href: pathOf(text), lang: text.language }));
}

async function readCandidates({ db, now }: HostApp, language: Language): Promise<readonly number[]> {
  const since = new Date(now().getTime() - DAYS_MS).toISOString().slice(0, 10);
  const newest = (inLanguage: Language): Promise<number[]> =>
    db('kb_texts')
      .where({ language: inLanguage })
      .whereNotNull('publishedAt')
      .orderBy('publishedAt', 'desc')
      .limit(LOOKED_AT)
      .pluck('id');
  const [read, own, others] = await Promise.all([
    db('kb_views')
      .where('day', '>=', since)
      .groupBy('textId')
      .orderByRaw('sum(views) desc')
      .limit(LOOKED_AT)
      .select({ id: 'textId' }) as Promise<{ id: number }[]>,
    newest(language),
    newest(otherLanguage(language)),
  ]);
  return [...new Set([...read.map(({ id }) => id), ...own, ...others])];
}

/** On the start page of the portal. */
export async function loadPortalPanel(
  app: HostApp,
  services: Services,
  { contactId, language }: { contactId: number | null; language: Language },
) {
  const articles = await popularArticles(app, { scope: await scopeOf(contactId, services), language });
  return articles.length > 0 ? { articles } : undefined;
}
