import { change, errors, type App } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { Language } from '../articles/article.js';

/** An article of a category as it stands among the others: by hand where somebody has put it, then by title. */
export interface PlacedArticle {
  readonly id: number;
  readonly title: string;
  readonly language: string;
}

/** Articles that are not archived, published or not, under their titles in one language, else in the original's. */
export const listPlaced = (
  db: Knex,
  { categoryId, language }: { categoryId: number; language: Language },
): Promise<PlacedArticle[]> =>
  db('kb_articles')
    .join('kb_texts as original', (on) => {
      on.on('original.articleId', 'kb_articles.id').andOn('original.language', 'kb_articles.language');
    })
    .leftJoin('kb_texts as own', (on) => {
      on.on('own.articleId', 'kb_articles.id').andOnVal('own.language', language);
    })
    .where({ categoryId })
    .whereNull('archivedAt')
    .modify(inOrder, 'coalesce(own.title, original.title)')
    .select({
      id: 'kb_articles.id',
      title: db.raw('coalesce(own.title, original.title)'),
      language: db.raw('coalesce(own.language, original.language)'),
    });

/** For a query that has `kb_articles` in it: those that were put somewhere first, the others by title. @param title SQL */
export function inOrder(query: Knex.QueryBuilder, title: string): void {
  void query
    .orderByRaw('kb_articles.position is null')
    .orderBy('kb_articles.position')
    .orderByRaw(title)
    .orderBy('kb_articles.id');
}

interface MoveArticle {
  categoryId: number;
  /** In which the articles were listed that nobody has put anywhere yet. */
  language: Language;
  articleId: number;
  direction: 'up' | 'down';
}

/** Changes places with its neighbour; from then on the whole category is in the order that was made by hand. */
export async function moveArticle(app: App, { articleId, direction, ...where }: MoveArticle): Promise<void> {
  await change(app, async ({ trx }) => {
    const { categoryId } = where;
    // One at a time in a category.
    await trx('kb_categories').where({ id: categoryId }).forUpdate().first('id');
    const ids = (await listPlaced(trx, where)).map(({ id }) => id);
    const at = ids.indexOf(articleId);
    if (at === -1) throw errors.NOT_FOUND();
    const other = ids[direction === 'up' ? at - 1 : at + 1];
    if (other === undefined) return;
    ids[direction === 'up' ? at - 1 : at + 1] = articleId;
    ids[at] = other;
    for (const [position, id] of ids.entries())
      await trx('kb_articles').where({ id, categoryId }).update({ position });
  });
}
