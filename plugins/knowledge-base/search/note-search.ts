import { change, fold, type App } from '@helpdesk/core';
import type { Language } from '../articles/article.js';

const PHRASE_MOST = 100;

interface NoteSearch {
  query: string;
  language: Language;
  results: number;
}

/** Counts what is looked for, after the answer. Nobody is noted with it. */
export function noteSearch(app: App, input: NoteSearch): void {
  app.signals.track(
    keepSearch(app, input).catch((error: unknown) =>
      app.log.warn({ err: error }, 'a search was not counted'),
    ),
  );
}

export async function keepSearch(app: App, { query, language, results }: NoteSearch): Promise<void> {
  const phrase = fold(query).replaceAll(/\s+/g, ' ').trim().slice(0, PHRASE_MOST);
  if (phrase === '') return;
  await change(app, async ({ trx, at }) => {
    await trx('kb_searches')
      .insert({ day: at.slice(0, 10), language, phrase, searches: 1, results })
      .onConflict(['day', 'language', 'phrase'])
      .merge({ searches: trx.raw('kb_searches.searches + 1'), results });
  });
}
