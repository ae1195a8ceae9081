import { toIndex, type Engine } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { Written } from '../articles/article.js';

export interface IndexText {
  textId: number;
  /** What was published until now; null: nothing. */
  before: Written | null;
  /** What is from now on; null: nothing. */
  after: Written | null;
}

/** Puts a published text into the index in place of what was there, and counts its stems. */
export async function indexText(
  trx: Knex,
  engine: Engine,
  { textId, before, after }: IndexText,
): Promise<void> {
  await trx('kb_search')
    .where(engine === 'sqlite' ? 'rowid' : 'id', textId)
    .delete();
  if (after) await insertWords(trx, engine, { textId, text: after });
  await countStems(trx, { before: stemsOf(before), after: stemsOf(after) });
}

async function insertWords(
  trx: Knex,
  engine: Engine,
  { textId, text }: { textId: number; text: Written },
): Promise<void> {
  const { title, words } = wordsOf(text);
  if (engine === 'sqlite')
    await trx.raw(`insert into kb_search (rowid, title, words) values (?, ?, ?)`, [textId, title, words]);
  else
    await trx.raw(
      `insert into kb_search (id, words)
        values (?, setweight(to_tsvector('simple', ?), 'A') || to_tsvector('simple', ?))`,
      [textId, title, words],
    );
}

const wordsOf = ({ title, summary, body }: Written) => ({
  title: toIndex(title),
  words: toIndex(`${summary}\n${body}`),
});

/** The empty stem stands for the text itself. */
function stemsOf(text: Written | null): ReadonlySet<string> {
  if (!text) return new Set();
  const { title, words } = wordsOf(text);
  return new Set(['', ...title.split(' '), ...words.split(' ')]);
}

// SQLite takes 500 rows a statement at most.
const ROWS = 400;

async function countStems(
  trx: Knex,
  { before, after }: { before: ReadonlySet<string>; after: ReadonlySet<string> },
): Promise<void> {
  const more = [...after].filter((stem) => !before.has(stem)).map((stem) => ({ stem, texts: 1 }));
  const fewer = [...before].filter((stem) => !after.has(stem)).map((stem) => ({ stem, texts: -1 }));
  // All in one order, so that those who publish at once do not wait for each other in a circle.
  const rows = [...more, ...fewer].toSorted((a, b) => (a.stem < b.stem ? -1 : 1));
  for (let from = 0; from < rows.length; from += ROWS)
    await trx('kb_stems')
      .insert(rows.slice(from, from + ROWS))
      .onConflict('stem')
      .merge({ texts: trx.raw('kb_stems.texts + excluded.texts') });
}
