import { change, errors, type Actor, type App, type Change } from '@helpdesk/core';
import type { Knex } from 'knex';
import '../kb-hooks.js';
import { refused } from '../refused.js';
import { toSlug } from '../words/slug.js';
import { claimAddress, claimFreeAddress } from './addresses.js';
import type { ArticleRecord, Language, Visibility, Written } from './article.js';

export interface SaveArticle {
  /** Left out: a new one. */
  articleId?: number;
  language: Language;
  categoryId: number;
  visibility: Visibility;
  /** The version of where the article stands that was before the writer's eyes; left out: it stays where it is. */
  placeVersion?: number;
  written: Written;
  /** Empty: made of the title, once. */
  slug: string;
  /** For translations: the version of the original that was before the translator's eyes. */
  madeFrom: number | null;
  /** Of the text; 0 where it is new. */
  expectedVersion: number;
  agentId: number;
  actor: Actor;
}

/** The category is not there, or not any more. */
export const NO_CATEGORY = 'knowledge-base.problem.category';
/** Somebody else has moved the article, or changed who reads it. */
export const MOVED = 'knowledge-base.problem.moved';

export interface SavedText {
  readonly articleId: number;
  readonly textId: number;
  readonly version: number;
}

/**
 * Keeps the draft of a text, and where the article stands. Readers see nothing of the words before they are published.
 * @throws TICKET_CHANGED when somebody else saved it in the meantime, ACTION_REFUSED when the address is another's, and
 * with `MOVED` or `NO_CATEGORY`
 */
export async function saveArticle(app: App, input: SaveArticle): Promise<SavedText> {
  return change(app, async (work) => {
    const articleId = input.articleId ?? (await insertArticle(work, input));
    if (input.articleId !== undefined && input.placeVersion !== undefined)
      await placeArticle(work, { ...input, articleId });
    const saved = await saveText(work, { ...input, articleId });
    const { language, actor } = input;
    work.announce('knowledge-base.saved', { articleId, language, version: saved.version, actor });
    return saved;
  });
}

async function insertArticle({ trx, at }: Change, input: SaveArticle): Promise<number> {
  const { categoryId, visibility, language, agentId } = input;
  await holdCategory(trx, categoryId);
  const [made] = await trx('kb_articles')
    .insert({ categoryId, visibility, version: 1, language, authorId: agentId, createdAt: at })
    .returning<{ id: number }[]>('id');
  return (made as { id: number }).id;
}

async function placeArticle(
  { trx, announce }: Change,
  { articleId, categoryId, visibility, placeVersion, actor }: SaveArticle & { articleId: number },
): Promise<void> {
  await holdCategory(trx, categoryId);
  const stands: ArticleRecord | undefined = await trx('kb_articles')
    .where({ id: articleId })
    .forUpdate()
    .first();
  if (!stands) throw errors.NOT_FOUND();
  // Two who want the same do not disagree.
  if (stands.categoryId === categoryId && stands.visibility === visibility) return;
  if (stands.version !== placeVersion) throw refused(MOVED);
  const version = stands.version + 1;
  // Among the articles of another category it has no place yet.
  const order = stands.categoryId === categoryId ? {} : { position: null };
  await trx('kb_articles')
    .where({ id: articleId })
    .update({ categoryId, visibility, version, ...order });
  announce('knowledge-base.moved', { articleId, visibility, categoryId, actor });
}

/** It is not removed before the article is in it. Held before articles, as those do who put them in order. */
async function holdCategory(trx: Knex, id: number): Promise<void> {
  const category: unknown = await trx('kb_categories').where({ id }).forShare().first('id');
  if (!category) throw refused(NO_CATEGORY);
}

async function saveText(work: Change, input: SaveArticle & { articleId: number }): Promise<SavedText> {
  const { trx, at } = work;
  const { articleId, language, written, madeFrom, expectedVersion, agentId } = input;
  const draft = { ...written, madeFrom, isChanged: 1, editedBy: agentId, editedAt: at };
  if (expectedVersion === 0) return insertText(work, input, draft);
  const [saved] = await trx('kb_texts')
    .where({ articleId, language, version: expectedVersion })
    .update({ ...draft, version: expectedVersion + 1 })
    .returning<{ id: number; slug: string }[]>(['id', 'slug']);
  if (!saved) throw errors.TICKET_CHANGED();
  const textId = saved.id;
  if (input.slug !== '' && input.slug !== saved.slug) await moveText(work, textId, input.slug);
  return { articleId, textId, version: expectedVersion + 1 };
}

async function insertText(
  { trx }: Change,
  { articleId, language, written, slug: wanted }: SaveArticle & { articleId: number },
  draft: object,
): Promise<SavedText> {
  const [made] = await trx('kb_texts')
    .insert({ articleId, language, slug: wanted, version: 1, ...draft })
    .onConflict(['articleId', 'language'])
    .ignore()
    .returning<{ id: number }[]>('id');
  // Somebody else has begun the translation in the meantime.
  if (!made) throw errors.TICKET_CHANGED();
  const address = { kind: 'article', targetId: made.id } as const;
  if (wanted !== '') await claimAddress(trx, { ...address, slug: wanted });
  else {
    const slug = await claimFreeAddress(trx, { ...address, slug: toSlug(written.title) });
    await trx('kb_texts').where({ id: made.id }).update({ slug });
  }
  return { articleId, textId: made.id, version: 1 };
}

/** The old address leads to the new one from now on. */
async function moveText({ trx }: Change, textId: number, slug: string): Promise<void> {
  await claimAddress(trx, { kind: 'article', slug, targetId: textId });
  await trx('kb_texts').where({ id: textId }).update({ slug });
}
