import type { Knex } from 'knex';
import { otherLanguage, type Language } from '../articles/article.js';
import { inOrder } from '../categories/order-articles.js';
import { publishedTexts, SHOWN, type Scope, type ShownText } from '../articles/visible.js';

interface Asked {
  readonly scope: Scope;
  readonly language: Language;
}

/** Published texts, each article once: in the language of the reader, else in the other one. */
export function readable(db: Knex, { scope, language }: Asked): Knex.QueryBuilder {
  return publishedTexts(db, scope).where((or) =>
    or
      .where('kb_texts.language', language)
      .orWhereNotExists(
        db('kb_texts as own')
          .whereRaw('own.article_id = kb_texts.article_id')
          .where('own.language', language)
          .whereNotNull('own.publishedId')
          .select(db.raw('1')),
      ),
  );
}

/** How many articles somebody may read in each category. */
export async function countByCategory(db: Knex, asked: Asked): Promise<ReadonlyMap<number, number>> {
  const rows: { categoryId: number; count: number }[] = await readable(db, asked)
    .groupBy('kb_articles.categoryId')
    .select('kb_articles.categoryId')
    .count({ count: '*' });
  return new Map(rows.map(({ categoryId, count }) => [categoryId, Number(count)]));
}

const LISTED = 1000;

/** In the order in which readers find them. */
export const listInCategories = (
  db: Knex,
  { categoryIds, ...asked }: Asked & { categoryIds: readonly number[] },
): Promise<ShownText[]> => inCategories(db, asked, categoryIds).select(SHOWN);

/** The same of one category, ids of texts alone. */
export const listIdsInCategory = (
  db: Knex,
  { categoryId, ...asked }: Asked & { categoryId: number },
): Promise<number[]> => inCategories(db, asked, [categoryId]).pluck('kb_texts.id');

const inCategories = (db: Knex, asked: Asked, categoryIds: readonly number[]): Knex.QueryBuilder =>
  readable(db, asked)
    .whereIn('kb_articles.categoryId', [...categoryIds])
    .modify(inOrder, 'kb_versions.title')
    .limit(LISTED);

/** Of these texts those that somebody may read, in their order. */
export async function listReadable(
  db: Knex,
  { ids, scope }: { ids: readonly number[]; scope: Scope },
): Promise<ShownText[]> {
  const rows: ShownText[] = await publishedTexts(db, scope)
    .whereIn('kb_texts.id', [...ids])
    .select(SHOWN);
  const place = new Map(ids.map((id, index) => [id, index]));
  return rows.toSorted((a, b) => (place.get(a.textId) ?? 0) - (place.get(b.textId) ?? 0));
}

export interface ArticleText extends ShownText {
  readonly body: string;
  readonly versionId: number;
  readonly number: number;
  readonly nameRu: string;
  readonly nameEn: string;
  readonly parentId: number | null;
}

/** A published text that the reader may see. */
export async function findPublished(
  db: Knex,
  scope: Scope,
  textId: number,
): Promise<ArticleText | undefined> {
  const text: ArticleText | undefined = await publishedTexts(db, scope)
    .where('kb_texts.id', textId)
    .first({
      ...SHOWN,
      body: 'kb_versions.body',
      versionId: 'kb_versions.id',
      number: 'kb_versions.number',
      nameRu: 'kb_categories.nameRu',
      nameEn: 'kb_categories.nameEn',
      parentId: 'kb_categories.parentId',
    });
  return text;
}

/** The same article in the other language, where it is published. */
export async function findTwin(
  db: Knex,
  { articleId, language }: Pick<ShownText, 'articleId' | 'language'>,
): Promise<ShownText | undefined> {
  const twin: ShownText | undefined = await publishedTexts(db, null)
    .where({ 'kb_texts.articleId': articleId, 'kb_texts.language': otherLanguage(language) })
    .first(SHOWN);
  return twin;
}
