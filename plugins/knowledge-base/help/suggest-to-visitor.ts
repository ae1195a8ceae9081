import type { HostApp } from '@helpdesk/core';
import type { ArticleSuggestion } from '@helpdesk/plugin-portal/contract';
import type { Language } from '../articles/article.js';
import { pathOf } from '../articles/visible.js';
import { guessLanguage } from '../search/guess-language.js';
import { suggestArticles } from '../search/suggest-articles.js';
import { firstWords, plainText } from '../words/plain-text.js';
import { scopeOf, type Services } from './reader.js';

/** While somebody writes a request: the articles that are nearest to it, of those that he may read. */
export async function suggestToVisitor(
  app: HostApp,
  services: Services,
  { text, language, contactId }: { text: string; language: Language; contactId: number | null },
): Promise<ArticleSuggestion[]> {
  const [subject = '', ...rest] = text.split('\n');
  const found = await suggestArticles(app, {
    subject,
    text: rest.join('\n'),
    language: guessLanguage(text) ?? language,
    scope: await scopeOf(contactId, services),
  });
  return found.map((one) => ({
    title: one.title,
    url: `${pathOf(one)}?from=form`,
    snippet: firstWords(one.summary || plainText(one.body), 140),
  }));
}
