import type { Knex } from 'knex';
import type { Language, Visibility } from './article.js';

/** Which articles somebody may read; null: a colleague, who reads all. */
export type Scope = readonly Visibility[] | null;

/** For a query that has `kb_articles` in it: what the reader may see, and nothing that is archived. */
export function seenIn(query: Knex.QueryBuilder, scope: Scope): void {
  void query.whereNull('kb_articles.archivedAt');
  if (scope) void query.whereIn('kb_articles.visibility', [...scope]);
}

/** Published texts that the reader may see, with where they lie; the rest of the query is the caller's. */
export function publishedTexts(db: Knex, scope: Scope): Knex.QueryBuilder {
  return db('kb_texts')
    .join('kb_articles', 'kb_articles.id', 'kb_texts.articleId')
    .join('kb_categories', 'kb_categories.id', 'kb_articles.categoryId')
    .join('kb_versions', 'kb_versions.id', 'kb_texts.publishedId')
    .modify((query: Knex.QueryBuilder) => seenIn(query, scope));
}

/** One published text as readers see it. */
export interface ShownText {
  readonly textId: number;
  readonly articleId: number;
  readonly language: Language;
  readonly slug: string;
  readonly visibility: Visibility;
  readonly categoryId: number;
  readonly categorySlug: string;
  readonly title: string;
  readonly summary: string;
  readonly publishedAt: string;
}

export const SHOWN = {
  textId: 'kb_texts.id',
  articleId: 'kb_articles.id',
  language: 'kb_texts.language',
  slug: 'kb_texts.slug',
  visibility: 'kb_articles.visibility',
  categoryId: 'kb_categories.id',
  categorySlug: 'kb_categories.slug',
  title: 'kb_versions.title',
  summary: 'kb_versions.summary',
  publishedAt: 'kb_texts.publishedAt',
} as const;

/** The address of a text for readers. */
export const pathOf = ({ categorySlug, slug }: Pick<ShownText, 'categorySlug' | 'slug'>): string =>
  `/help/${categorySlug}/${slug}`;
