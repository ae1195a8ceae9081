import { createLimiter, type PortalContext } from '@helpdesk/core';
import { pathOf } from '../articles/visible.js';
import { noteSearch } from '../search/note-search.js';
import { around, excerpt, markWords } from '../search/mark-words.js';
import type { FoundText } from '../search/read-found.js';
import { searchArticles } from '../search/search-articles.js';
import { plainText } from '../words/plain-text.js';
import { choseLanguage, frameOf, writeUrl } from './frame.js';
import { readerOf, type Services } from './reader.js';

const QUERY_MOST = 200;
const limiter = createLimiter({ points: 120, windowMs: 60_000, most: 10_000 });

/** What the articles say about a question; without an answer the way to us. */
export async function searchPage(ctx: PortalContext, services: Services): Promise<void> {
  if (choseLanguage(ctx)) return;
  const query = (ctx.query['q'] ?? '').slice(0, QUERY_MOST).trim();
  const { scope } = await readerOf(ctx, services);
  const { language } = ctx;
  const { found, stems } = await searchArticles(ctx.app, { query, language, scope });
  await ctx.render(
    'knowledge-base/search',
    {
      query,
      hasAsked: query !== '',
      count: ctx.t('knowledge-base.search.count', { count: found.length }),
      results: found.map((text) => presentFound(text, stems, language)),
      writeUrl: writeUrl(ctx),
    },
    { page: frameOf(ctx, { path: '/help/search', isHidden: true }) },
  );
  if (query !== '' && !ctx.header('Sec-Purpose').includes('prefetch') && limiter.take(ctx.ip, ctx.now) === 0)
    noteSearch(ctx.app, { query, language, results: found.length });
}

function presentFound(text: FoundText, stems: readonly string[], language: string) {
  const { title, summary, body } = text;
  return {
    href: `${pathOf(text)}?from=search`,
    title: markWords(title, stems),
    snippet: excerpt(plainText(around(summary === '' ? body : `${summary}\n${body}`, stems)), stems),
    lang: text.language === language ? undefined : text.language,
  };
}
