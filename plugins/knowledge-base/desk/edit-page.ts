import { errors, isError, type DeskContext } from '@helpdesk/core';
import type { Language, TextRecord } from '../articles/article.js';
import { findArticle, textIn, type Article } from '../articles/find-article.js';
import { publishText } from '../articles/publish-text.js';
import { MOVED, NO_CATEGORY, saveArticle, type SavedText } from '../articles/save-article.js';
import { ArticleForm, type Problems, type Typed } from './article-form.js';
import { insertImage } from './insert-image.js';
import { articleUrl, languageIn, pathId, type Services } from './place.js';
import { showEditor, type Shown } from './show-editor.js';

/** An empty text. */
export async function newPage(ctx: DeskContext, services: Services): Promise<void> {
  const language = languageIn(ctx) ?? ctx.language;
  const typed = {
    categoryId: ctx.query['category'] ?? '',
    visibility: 'public',
    title: ctx.query['title'] ?? '',
  };
  await showEditor(ctx, services, { language, typed });
}

/** The draft of a text; a language without one begins as a translation of the other. */
export async function editPage(ctx: DeskContext, services: Services): Promise<void> {
  const article = await findArticle(ctx.db, pathId(ctx));
  const language = languageIn(ctx) ?? article.language;
  const text = textIn(article, language);
  await showEditor(ctx, services, { article, language, typed: typedOf(article, language, text) });
}

const typedOf = (article: Article, language: Language, text: TextRecord | undefined): Typed => ({
  title: text?.title ?? '',
  summary: text?.summary ?? '',
  body: text?.body ?? '',
  slug: text?.slug ?? '',
  categoryId: String(article.categoryId),
  visibility: article.visibility,
  version: String(text?.version ?? 0),
  place: String(article.version),
  original: String(textIn(article, article.language)?.publishedNumber ?? 0),
  // A translation that is begun now is made from what is published now.
  isCurrent: text || language === article.language ? '' : 'true',
});

export const createPage = (ctx: DeskContext, services: Services): Promise<void> =>
  take(ctx, services, undefined);

export async function changePage(ctx: DeskContext, services: Services): Promise<void> {
  await take(ctx, services, await findArticle(ctx.db, pathId(ctx)));
}

/** Saves, shows, publishes, or puts an image in. Whatever is wrong, what was typed comes back. */
async function take(ctx: DeskContext, services: Services, article: Article | undefined): Promise<void> {
  const form = await ctx.readForm(ArticleForm);
  const typed = await ctx.typed();
  const language = form.ok ? form.value.language : (languageIn(ctx) ?? article?.language ?? ctx.language);
  const again = (more: {
    problems?: Problems;
    isConflict?: boolean;
    status?: number;
    isPreview?: boolean;
    typed?: Typed;
  }) => showEditor(ctx, services, { article, language, typed, ...more });
  if (typed['do'] === 'image') return again(await insertImage(ctx, typed));
  if (typed['do'] === 'preview') return again({ isPreview: true });
  if (!form.ok) return again({ problems: form.problems, status: 422 });
  const { value } = form;
  if (value.do === 'publish' && !ctx.can('knowledge-base.publish'))
    throw errors.PERMISSION_MISSING({ permission: 'knowledge-base.publish' });
  const place = placeOf(ctx, article, value);
  if ('problems' in place) return again({ ...place, status: 422 });
  try {
    const saved = await saveArticle(ctx.app, {
      ...(article ? { articleId: article.id } : {}),
      ...place,
      language,
      written: { title: value.title, summary: value.summary, body: value.body },
      madeFrom: madeFrom(article, language, value),
      expectedVersion: value.version,
      agentId: ctx.agent.id,
      actor: ctx.actor,
    });
    await finish(ctx, { saved, language, value });
  } catch (error) {
    if (isError(error, 'TICKET_CHANGED')) return again({ isConflict: true, status: 409 });
    if (!isError(error, 'ACTION_REFUSED')) throw error;
    const because = String(error.details['because']);
    if (article && because === MOVED)
      return showEditor(ctx, services, await movedMeanwhile(ctx, { article, language, typed }));
    const field = because === NO_CATEGORY ? 'categoryId' : 'slug';
    return again({ problems: { [field]: because }, status: 422 });
  }
}

/** What was typed, with category and visibility as somebody else has left them: saved again, it takes note of them. */
async function movedMeanwhile(
  ctx: DeskContext,
  { article, language, typed }: { article: Article; language: Language; typed: Typed },
): Promise<Shown> {
  const now = await findArticle(ctx.db, article.id);
  const { categoryId, visibility, version } = now;
  const place = { categoryId: String(categoryId), visibility, place: String(version) };
  return { article: now, language, typed: { ...typed, ...place }, isMoved: true, status: 409 };
}

type Place = {
  categoryId: number;
  visibility: Article['visibility'];
  slug: string;
  /** Left out: the article stays where it is. */
  placeVersion?: number;
};

/** Where readers find the article, and who they are: of one that is published only who may publish decides. */
function placeOf(
  ctx: DeskContext,
  article: Article | undefined,
  { categoryId, visibility, slug, language, place }: ArticleForm,
): Place | { problems: Problems } {
  if (article && isPlaced(ctx, article)) {
    const own = textIn(article, language);
    // The address of a translation that nobody has seen yet is free.
    return {
      categoryId: article.categoryId,
      visibility: article.visibility,
      slug: own?.publishedId ? '' : slug,
    };
  }
  if (categoryId === undefined) return { problems: { categoryId: NO_CATEGORY } };
  if (!visibility) return { problems: { visibility: 'core.form.choice' } };
  return { categoryId, visibility, slug, placeVersion: place };
}

/** Whether this agent cannot move the article. */
export const isPlaced = (ctx: DeskContext, { texts }: Article): boolean =>
  texts.some(({ publishedId }) => publishedId !== null) && !ctx.can('knowledge-base.publish');

function madeFrom(
  article: Article | undefined,
  language: Language,
  { isCurrent, original }: ArticleForm,
): number | null {
  if (!article || language === article.language) return null;
  return isCurrent ? original : (textIn(article, language)?.madeFrom ?? 0);
}

async function finish(
  ctx: DeskContext,
  { saved, language, value }: { saved: SavedText; language: Language; value: ArticleForm },
): Promise<void> {
  const { articleId, version } = saved;
  if (value.do !== 'publish') {
    ctx.flash({ text: ctx.t('knowledge-base.edit.saved'), tone: 'ok' });
    return ctx.redirect(articleUrl(articleId, language, 'edit'));
  }
  const { note } = value;
  await publishText(ctx.app, {
    articleId,
    language,
    expectedVersion: version,
    note,
    agentId: ctx.agent.id,
    actor: ctx.actor,
  });
  ctx.flash({ text: ctx.t('knowledge-base.edit.published'), tone: 'ok' });
  ctx.redirect(articleUrl(articleId, language));
}
