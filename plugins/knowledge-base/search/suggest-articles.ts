import { toIndex, type App } from '@helpdesk/core';
import type { Language } from '../articles/article.js';
import type { Scope } from '../articles/visible.js';
import { findWithSome } from './find-texts.js';
import { readFound, shareIn, type FoundText } from './read-found.js';
import { STOP_STEMS } from './stop-words.js';
import { byWeight, weighStems } from './weigh-stems.js';

export interface SuggestArticles {
  /** The subject counts more than the rest. */
  readonly subject: string;
  readonly text: string;
  readonly language: Language;
  readonly scope: Scope;
  readonly limit?: number;
}

const READ_MOST = 4000;
const STEMS_MOST = 8;
const OF_SUBJECT = 1.5;
const SHARE_LEAST = 0.3;

/** The articles that are nearest to what somebody wrote; none when nothing is near. */
export async function suggestArticles(
  app: Pick<App, 'db' | 'database'>,
  { subject, text, language, scope, limit = 3 }: SuggestArticles,
): Promise<FoundText[]> {
  const ofSubject = telling(subject.slice(0, READ_MOST));
  const stems = new Set([...ofSubject, ...telling(text.slice(0, READ_MOST))]);
  const known = await weighStems(app, [...stems].slice(0, 300));
  const weighed = byWeight(
    known.map((one) => ({ ...one, weight: one.weight * (ofSubject.has(one.stem) ? OF_SUBJECT : 1) })),
  ).slice(0, STEMS_MOST);
  const ids = await findWithSome(app, weighed, { language, scope, limit: 3 * limit });
  const found = await readFound(app.db, ids, scope);
  return found.filter((one) => shareIn(one, weighed) >= SHARE_LEAST).slice(0, limit);
}

const telling = (text: string): ReadonlySet<string> =>
  new Set(
    toIndex(text)
      .split(' ')
      .filter((stem) => stem.length > 1 && !STOP_STEMS.has(stem)),
  );
