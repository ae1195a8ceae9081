import { errors } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { ArticleRecord, Language, TextRecord, VersionRecord } from './article.js';

export interface Article extends ArticleRecord {
  /** In one or both languages. */
  readonly texts: readonly TextRecord[];
}

/** With its texts, whatever their state. @throws NOT_FOUND */
export async function findArticle(db: Knex, id: number): Promise<Article> {
  const [article, texts] = await Promise.all([
    db('kb_articles').where({ id }).first() as Promise<ArticleRecord | undefined>,
    db('kb_texts').where({ articleId: id }).orderBy('id') as Promise<TextRecord[]>,
  ]);
  if (!article) throw errors.NOT_FOUND();
  return { ...article, texts };
}

export const textIn = ({ texts }: Pick<Article, 'texts'>, language: Language): TextRecord | undefined =>
  texts.find((text) => text.language === language);

/**
 * A translation is outdated when the original was published anew since the version from which it was made.
 * @param madeFrom of the translation: what is published, or the draft
 */
export function isOutdated(article: Article, language: Language, madeFrom: number | null): boolean {
  if (language === article.language) return false;
  const original = textIn(article, article.language)?.publishedNumber ?? 0;
  return original > (madeFrom ?? 0);
}

/** @throws NOT_FOUND */
export async function findVersion(
  db: Knex,
  { textId, number }: { textId: number; number: number },
): Promise<VersionRecord> {
  const version: VersionRecord | undefined = await db('kb_versions').where({ textId, number }).first();
  if (!version) throw errors.NOT_FOUND();
  return version;
}

/** The newest first. */
export const listVersions = (db: Knex, textId: number): Promise<VersionRecord[]> =>
  db('kb_versions').where({ textId }).orderBy('number', 'desc').limit(200);
