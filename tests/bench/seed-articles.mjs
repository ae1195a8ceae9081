import { change, toIndex } from '@helpdesk/core';
import { numbers, words as common } from './seed-desk.mjs';

const CATEGORIES = 20;
const LENGTH = 250;
const BATCH = 100;

/** Words that are rarer the later they stand, as in any language: thirty that everybody uses, and three thousand more. */
const rare = Array.from({ length: 3000 }, (_, i) =>
  ['bra', 'cel', 'dor', 'fen', 'gul', 'him', 'jat', 'kor', 'lum', 'mip']
    .map((_piece, k, all) => all[(i * 7 + Math.floor(i / 10 ** k) * (k + 3)) % 10])
    .slice(0, 3)
    .concat(String.fromCharCode(97 + (i % 26), 97 + (Math.floor(i / 26) % 26)))
    .join(''),
);

/** Published articles in English that everybody may read, as the desk would have written them. */
export async function seedArticles(app, { articles }) {
  const below = numbers(11);
  const word = () =>
    below(3) === 0 ? common[below(common.length)] : rare[Math.min(below(3000), below(3000))];
  const text = (length) => Array.from({ length }, word).join(' ');
  const stems = new Map([['', 0]]);
  const isSqlite = app.database.engine === 'sqlite';
  await change(app, ({ trx }) => insertCategories(trx));
  for (let from = 1; from <= articles; from += BATCH)
    await change(app, async ({ trx, at }) => {
      const ids = Array.from({ length: Math.min(BATCH, articles - from + 1) }, (_, i) => from + i);
      const made = ids.map((id) => ({ id, title: text(6), summary: text(12), body: text(LENGTH) }));
      await insertArticles(trx, made, at);
      for (const { id, title, summary, body } of made) {
        const [ofTitle, ofBody] = [toIndex(title), toIndex(`${summary}\n${body}`)];
        await insertWords(trx, isSqlite, [id, ofTitle, ofBody]);
        for (const stem of new Set(['', ...ofTitle.split(' '), ...ofBody.split(' ')]))
          stems.set(stem, (stems.get(stem) ?? 0) + 1);
      }
    });
  const rows = [...stems].map(([stem, texts]) => ({ stem, texts }));
  for (let i = 0; i < rows.length; i += 400)
    await change(app, ({ trx }) => trx('kb_stems').insert(rows.slice(i, i + 400)));
  if (!isSqlite)
    for (const table of ['kb_texts', 'kb_articles', 'kb_versions', 'kb_search'])
      await app.database.writer.raw(`vacuum analyze ${table}`);
}

async function insertCategories(trx) {
  for (let id = 1; id <= CATEGORIES; id++) {
    const slug = `category-${id}`;
    const name = `Category ${id}`;
    await trx('kb_categories').insert({
      id,
      parentId: null,
      nameRu: name,
      nameEn: name,
      slug,
      position: id,
      version: 1,
    });
    await trx('kb_addresses').insert({ kind: 'category', slug, targetId: id });
  }
}

async function insertArticles(trx, made, at) {
  const placed = (id) => ({ categoryId: 1 + (id % CATEGORIES), visibility: 'public', language: 'en' });
  await trx('kb_articles').insert(made.map(({ id }) => ({ id, ...placed(id), authorId: 1, createdAt: at })));
  await trx('kb_texts').insert(
    made.map(({ id, title, summary, body }) => ({
      id,
      articleId: id,
      language: 'en',
      slug: `article-${id}`,
      title,
      summary,
      body,
      isChanged: 0,
      version: 2,
      editedBy: 1,
      editedAt: at,
      publishedId: id,
      publishedNumber: 1,
      publishedAt: at,
    })),
  );
  await trx('kb_addresses').insert(
    made.map(({ id }) => ({ kind: 'article', slug: `article-${id}`, targetId: id })),
  );
  await trx('kb_versions').insert(
    made.map((written) => ({ ...written, textId: written.id, number: 1, note: '', authorId: 1, at })),
  );
}

const insertWords = (trx, isSqlite, values) =>
  isSqlite
    ? trx.raw('insert into kb_search (rowid, title, words) values (?, ?, ?)', values)
    : trx.raw(
        `insert into kb_search (id, words)
          values (?, setweight(to_tsvector('simple', ?), 'A') || to_tsvector('simple', ?))`,
        values,
      );

/** Questions of two or three words, the last of them half typed now and then. */
export function questions(count) {
  const below = numbers(23);
  return Array.from({ length: count }, (_, i) => {
    const asked = [common[below(common.length)], rare[below(300)], common[below(common.length)]];
    return (i % 2 === 0 ? asked : asked.slice(0, 2)).join(' ').slice(0, i % 5 === 0 ? -2 : undefined);
  });
}
