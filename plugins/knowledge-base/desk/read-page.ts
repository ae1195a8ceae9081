import { agentNames, safeHtml, type DeskContext } from '@helpdesk/core';
import { LANGUAGES, type Language, type TextRecord, type VersionRecord } from '../articles/article.js';
import { findArticle, findVersion, isOutdated, textIn, type Article } from '../articles/find-article.js';
import { findCategory, nameIn } from '../categories/list-categories.js';
import { renderArticle } from '../words/render-article.js';
import { articleUrl, BASE, IMAGES_IN_DESK, languageIn, PAGE, pathId, type Services } from './place.js';
import { presentState } from './present-state.js';
import { listSegments, sayVisibility } from './present-visibility.js';

/** An article as colleagues read it: what is published, else the draft. */
export async function readPage(ctx: DeskContext, services: Services): Promise<void> {
  const article = await findArticle(ctx.db, pathId(ctx));
  const wanted = languageIn(ctx) ?? ctx.language;
  const text = textIn(article, wanted) ?? article.texts[0];
  if (!text) return ctx.redirect(articleUrl(article.id, wanted, 'edit'));
  const [category, segments, names] = await Promise.all([
    findCategory(ctx.db, article.categoryId),
    listSegments(services),
    agentNames(ctx.db),
  ]);
  const shown = await publishedOf(ctx, text);
  const { language } = text;
  const { html } = renderArticle(ctx.app, {
    body: shown.body,
    t: (key) => ctx.app.t(language, key),
    images: IMAGES_IN_DESK,
  });
  await ctx.render(
    'knowledge-base/read',
    {
      title: shown.title,
      summary: shown.summary,
      html: safeHtml(html),
      lang: language,
      listUrl: BASE,
      state: presentState(ctx, { ...text, archivedAt: article.archivedAt }),
      isOutdated: isOutdated(
        article,
        language,
        text.publishedId === null ? text.madeFrom : text.publishedMadeFrom,
      ),
      category: nameIn(category, ctx.language),
      visibility: sayVisibility(ctx, article.visibility, segments),
      editedBy: names.get(text.editedBy)?.name,
      editedAt: text.editedAt,
      languages: languagesOf(ctx, article, language),
      ...actionsOf(ctx, article, { text, categorySlug: category.slug }),
    },
    PAGE,
  );
}

const publishedOf = async (ctx: DeskContext, text: TextRecord): Promise<TextRecord | VersionRecord> =>
  text.publishedId === null || text.publishedNumber === null
    ? text
    : findVersion(ctx.db, { textId: text.id, number: text.publishedNumber });

function languagesOf(ctx: DeskContext, article: Article, shown: Language) {
  return LANGUAGES.map((language) => {
    const has = textIn(article, language) !== undefined;
    return {
      text: has
        ? ctx.t(`knowledge-base.language.${language}`)
        : ctx.t('knowledge-base.translation.add', { language: ctx.t(`knowledge-base.language.${language}`) }),
      href: articleUrl(article.id, language, has ? '' : 'edit'),
      icon: has ? undefined : 'plus',
      on: language === shown,
      isMissing: !has,
    };
  }).filter(
    ({ isMissing }) => !isMissing || (ctx.can('knowledge-base.write') && article.archivedAt === null),
  );
}

function actionsOf(
  ctx: DeskContext,
  article: Article,
  { text, categorySlug }: { text: TextRecord; categorySlug: string },
) {
  const { id, archivedAt } = article;
  const { language } = text;
  const canPublish = ctx.can('knowledge-base.publish');
  const isLive = text.publishedId !== null && archivedAt === null;
  return {
    editUrl: ctx.can('knowledge-base.write') ? articleUrl(id, language, 'edit') : undefined,
    versionsUrl: articleUrl(id, language, 'versions'),
    publicUrl: isLive && article.visibility !== 'agents' ? `/help/${categorySlug}/${text.slug}` : undefined,
    canPublish,
    isArchived: archivedAt !== null,
    archiveUrl: `${BASE}/articles/${id}/archive`,
    withdrawUrl: isLive ? `${BASE}/articles/${id}/withdraw` : undefined,
    language,
  };
}
