import { toStems, type App } from '@helpdesk/core';
import { otherLanguage, type Language } from '../articles/article.js';
import type { Scope } from '../articles/visible.js';
import { findWithAll, findWithSome } from './find-texts.js';
import { readFound, shareIn, type FoundText } from './read-found.js';
import { STOP_STEMS } from './stop-words.js';
import { byWeight, weighStems, type Weighed } from './weigh-stems.js';

export interface SearchArticles {
  readonly query: string;
  readonly language: Language;
  readonly scope: Scope;
  readonly limit?: number;
}

export interface SearchResult {
  readonly found: readonly FoundText[];
  /** What was looked for, to be marked in what was found. */
  readonly stems: readonly string[];
}

type Reader = Pick<App, 'db' | 'database'>;
/** With fewer answers those are added that have the weightier part of the words. */
const FEW = 5;
const SOME_MOST = 10;
const SHARE_LEAST = 0.4;

/**
 * Published articles about what somebody asks in his own words, in the language of the reader, else in the other one.
 * All forms of a word are the same word, and the last one may be half typed.
 */
export async function searchArticles(
  app: Reader,
  { query, language, scope, limit = 10 }: SearchArticles,
): Promise<SearchResult> {
  const words = toStems(query);
  const stems = withoutStopWords(words);
  const last = words.at(-1);
  const asked = await weighStems(app, stems, last !== undefined && last.length > 2 ? last : undefined);
  const find = (inLanguage: Language) => findIn(app, asked, { language: inLanguage, scope, limit });
  const found = await find(language);
  const other = otherLanguage(language);
  const isElsewhere = found.length === 0 && stems.length > 0 && (await hasTexts(app.db, other));
  return { found: isElsewhere ? await find(other) : found, stems };
}

const hasTexts = async (db: Reader['db'], language: Language): Promise<boolean> =>
  (await db('kb_texts').where({ language }).whereNotNull('publishedAt').first('id')) !== undefined;

/** Without the words that every question has, unless it has no others. */
function withoutStopWords(stems: readonly string[]): string[] {
  const telling = [...new Set(stems)].filter((stem) => !STOP_STEMS.has(stem));
  return telling.length > 0 ? telling : [...new Set(stems)];
}

async function findIn(
  app: Reader,
  asked: readonly Weighed[],
  where: { language: Language; scope: Scope; limit: number },
): Promise<FoundText[]> {
  if (asked.every(({ texts }) => texts === 0)) return [];
  const exact = await findWithAll(app, asked, where);
  if (exact.length >= FEW || asked.length === 1) return readFound(app.db, exact, where.scope);
  // A word that stands in no article weighs as much as the rarest: an article about the rest is no answer.
  const rarest = Math.max(...asked.map(({ weight }) => weight), 1);
  const weighed = asked.map((one) => ({ ...one, weight: one.weight || rarest }));
  const some =
    weightOf(asked) >= SHARE_LEAST * weightOf(weighed)
      ? await findWithSome(app, byWeight(asked), { ...where, limit: SOME_MOST })
      : [];
  const more = await readFound(app.db, [...new Set([...exact, ...some])], where.scope);
  const isExact = new Set(exact);
  return more
    .filter((text) => isExact.has(text.textId) || shareIn(text, weighed) >= SHARE_LEAST)
    .slice(0, where.limit);
}

/** All weights together. */
const weightOf = (stems: readonly Weighed[]): number => stems.reduce((sum, { weight }) => sum + weight, 0);
