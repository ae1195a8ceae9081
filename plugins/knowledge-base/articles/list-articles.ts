import type { Knex } from 'knex';
import type { Language, TextRecord, Visibility } from './article.js';

export const STATES = ['draft', 'published', 'changed', 'archived'] as const;
export type TextState = (typeof STATES)[number];

export interface ListArticles {
  readonly state?: TextState;
  readonly categoryId?: number;
  readonly language?: Language;
  readonly isOutdated?: boolean;
  /** Originals that nobody has translated. */
  readonly isAlone?: boolean;
  /** Written or last changed by. */
  readonly agentId?: number;
  /** Words of the draft's title. */
  readonly title?: string;
  /** ISO text and id of the last row of the page before. */
  readonly after?: { readonly at: string; readonly id: number };
}

export interface ArticleRow extends Pick<
  TextRecord,
  | 'articleId'
  | 'language'
  | 'title'
  | 'isChanged'
  | 'editedBy'
  | 'editedAt'
  | 'publishedNumber'
  | 'publishedAt'
> {
  readonly textId: number;
  readonly visibility: Visibility;
  readonly original: Language;
  readonly categoryId: number;
  readonly archivedAt: string | null;
  /** 0 or 1 */
  readonly isOutdated: number;
}

export const PAGE = 50;

// A translation whose original was published anew since it was made.
const OUTDATED = `(kb_texts.language <> kb_articles.language
  and coalesce(original.published_number, 0) > coalesce(case when kb_texts.published_id is null
    then kb_texts.made_from else kb_texts.published_made_from end, 0))`;

/** Texts as colleagues see them, last changed first. One more than a page: whether there are more. */
export async function listArticles(db: Knex, filter: ListArticles): Promise<ArticleRow[]> {
  const rows: ArticleRow[] = await db('kb_texts')
    .join('kb_articles', 'kb_articles.id', 'kb_texts.articleId')
    .leftJoin('kb_texts as original', (on) => {
      on.on('original.articleId', 'kb_texts.articleId').andOn('original.language', 'kb_articles.language');
    })
    .modify((query: Knex.QueryBuilder) => narrow(query, db, filter))
    .orderBy('kb_texts.editedAt', 'desc')
    .orderBy('kb_texts.id', 'desc')
    .limit(PAGE + 1)
    .select({
      textId: 'kb_texts.id',
      articleId: 'kb_texts.articleId',
      language: 'kb_texts.language',
      title: 'kb_texts.title',
      isChanged: 'kb_texts.isChanged',
      editedBy: 'kb_texts.editedBy',
      editedAt: 'kb_texts.editedAt',
      publishedNumber: 'kb_texts.publishedNumber',
      publishedAt: 'kb_texts.publishedAt',
      visibility: 'kb_articles.visibility',
      original: 'kb_articles.language',
      categoryId: 'kb_articles.categoryId',
      archivedAt: 'kb_articles.archivedAt',
      isOutdated: db.raw(`case when ${OUTDATED} then 1 else 0 end`),
    });
  return rows;
}

function narrow(query: Knex.QueryBuilder, db: Knex, filter: ListArticles): void {
  const { state, categoryId, language, isOutdated, isAlone, agentId, title, after } = filter;
  if (state === 'archived') void query.whereNotNull('kb_articles.archivedAt');
  else void query.whereNull('kb_articles.archivedAt');
  if (state === 'draft') void query.whereNull('kb_texts.publishedId');
  if (state === 'published') void query.whereNotNull('kb_texts.publishedId');
  if (state === 'changed') void query.whereNotNull('kb_texts.publishedId').where('kb_texts.isChanged', 1);
  if (categoryId !== undefined) {
    const below = db('kb_categories')
      .where({ id: categoryId })
      .orWhere({ parentId: categoryId })
      .select('id');
    void query.whereIn('kb_articles.categoryId', below);
  }
  if (language) void query.where('kb_texts.language', language);
  if (isOutdated) void query.whereRaw(OUTDATED);
  if (isAlone)
    void query.whereNotExists(
      db('kb_texts as translation')
        .whereRaw('translation.article_id = kb_texts.article_id and translation.id <> kb_texts.id')
        .select(db.raw('1')),
    );
  if (agentId !== undefined)
    void query.where((or) => or.where('kb_articles.authorId', agentId).orWhere('kb_texts.editedBy', agentId));
  if (title)
    // Both databases fold Latin letters at most: what was typed is looked for as it is, and with a capital.
    void query.where((or) => {
      for (const one of spellings(title))
        void or.orWhere('kb_texts.title', 'like', `%${one.replaceAll(/[\\%_]/g, ' ')}%`);
    });
  if (after)
    void query.where((or) =>
      or
        .where('kb_texts.editedAt', '<', after.at)
        .orWhere((and) => and.where('kb_texts.editedAt', after.at).where('kb_texts.id', '<', after.id)),
    );
}

function spellings(title: string): string[] {
  const lower = title.toLowerCase();
  return [...new Set([title, lower, lower.slice(0, 1).toUpperCase() + lower.slice(1)])];
}
