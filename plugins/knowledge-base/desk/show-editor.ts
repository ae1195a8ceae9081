import { safeHtml, type DeskContext } from '@helpdesk/core';
import { LANGUAGES, otherLanguage, type Language } from '../articles/article.js';
import { isOutdated, textIn, type Article } from '../articles/find-article.js';
import { listCategories, nameIn } from '../categories/list-categories.js';
import { renderArticle } from '../words/render-article.js';
import type { Problems, Typed } from './article-form.js';
import { isPlaced } from './edit-page.js';
import { articleUrl, BASE, IMAGES_IN_DESK, PAGE, type Services } from './place.js';
import { listSegments, visibilityChoices } from './present-visibility.js';

export interface Shown {
  readonly article?: Article | undefined;
  readonly language: Language;
  readonly typed: Typed;
  readonly problems?: Problems;
  readonly isConflict?: boolean;
  /** Somebody else has put the article elsewhere. */
  readonly isMoved?: boolean;
  readonly isPreview?: boolean;
  readonly status?: number;
}

/** The editor of one text. */
export async function showEditor(ctx: DeskContext, services: Services, shown: Shown): Promise<void> {
  const {
    article,
    language,
    typed,
    problems = {},
    isConflict = false,
    isMoved = false,
    isPreview = false,
    status = 200,
  } = shown;
  const { t } = ctx;
  const action = article ? articleUrl(article.id, language, 'edit') : `${BASE}/new?lang=${language}`;
  await ctx.render(
    'knowledge-base/edit',
    {
      heading: typed['title'] || t('knowledge-base.edit.new'),
      action,
      uploadUrl: IMAGES_IN_DESK,
      backUrl: article
        ? articleUrl(article.id, article.texts.length > 0 ? shownLanguage(article, language) : language)
        : BASE,
      language,
      languageName: t(`knowledge-base.language.${language}`),
      languages: LANGUAGES.map((one) => ({
        text: t(`knowledge-base.language.${one}`),
        href: article ? articleUrl(article.id, one, 'edit') : `${BASE}/new?lang=${one}`,
        on: one === language,
      })),
      version: typed['version'] ?? '0',
      placeVersion: typed['place'] ?? '0',
      isConflict,
      isMoved,
      errors: Object.entries(problems).map(([name, key]) => ({
        id: `f-${name}`,
        label: t(`knowledge-base.field.${name}`),
        message: t(key),
      })),
      lang: language,
      fields: fieldsOf(ctx, shown),
      place: await placeFields(ctx, services, shown),
      translation: article && presentTranslation(ctx, article, { language, typed }),
      preview: isPreview ? preview(ctx, language, typed['body'] ?? '') : undefined,
      newUrl: `${BASE}/categories`,
    },
    { ...PAGE, status },
  );
}

const shownLanguage = (article: Article, language: Language): Language =>
  textIn(article, language) ? language : otherLanguage(language);

const preview = (ctx: DeskContext, language: Language, body: string) =>
  safeHtml(
    renderArticle(ctx.app, { body, t: (key) => ctx.app.t(language, key), images: IMAGES_IN_DESK }).html,
  );

function fieldsOf({ t }: DeskContext, { typed, problems = {} }: Shown) {
  const field = (name: string, more: object) => ({
    name,
    label: t(`knowledge-base.field.${name}`),
    value: typed[name] ?? '',
    error: problems[name] && t(problems[name]),
    ...more,
  });
  return {
    title: field('title', { required: true, maxlength: 150, large: true }),
    summary: field('summary', {
      optional: true,
      maxlength: 300,
      kind: 'textarea',
      rows: 2,
      hint: t('knowledge-base.field.summary.hint'),
    }),
    body: field('body', {}),
    slug: field('slug', { optional: true, maxlength: 80, hint: t('knowledge-base.field.slug.hint') }),
    note: field('note', { optional: true, maxlength: 200, hint: t('knowledge-base.field.note.hint') }),
    alt: field('alt', { optional: true, maxlength: 200, hint: t('knowledge-base.field.alt.hint') }),
    image: { error: problems['image'] && t(problems['image']) },
  };
}

async function placeFields(ctx: DeskContext, services: Services, { article, typed, problems = {} }: Shown) {
  const { t, db } = ctx;
  const [categories, segments] = await Promise.all([listCategories(db), listSegments(services)]);
  const isLocked = article !== undefined && isPlaced(ctx, article);
  const chosen = typed['categoryId'] ?? (article ? String(article.categoryId) : '');
  const field = (name: string, more: object) => ({
    name,
    kind: 'select',
    label: t(`knowledge-base.field.${name}`),
    error: problems[name] && t(problems[name]),
    ...more,
    ...(isLocked ? { locked: true } : {}),
  });
  return {
    hasCategories: categories.length > 0,
    isLocked,
    category: field('categoryId', {
      options: categories.map((category) => ({
        value: String(category.id),
        label: `${category.parentId === null ? '' : '— '}${nameIn(category, ctx.language)}`,
        selected: String(category.id) === chosen,
      })),
    }),
    visibility: field('visibility', {
      hint: t('knowledge-base.field.visibility.hint'),
      options: visibilityChoices(ctx, segments, typed['visibility'] ?? article?.visibility ?? 'public'),
    }),
  };
}

/** For a translation: the original beside it, and the question whether both say the same. */
function presentTranslation(
  ctx: DeskContext,
  article: Article,
  { language, typed }: { language: Language; typed: Typed },
) {
  if (language === article.language) return undefined;
  const original = textIn(article, article.language);
  const own = textIn(article, language);
  const number = original?.publishedNumber ?? 0;
  return {
    original: typed['original'] ?? String(number),
    isOutdated: own !== undefined && isOutdated(article, language, own.madeFrom),
    isCurrent: typed['isCurrent'] === 'true',
    url: articleUrl(article.id, article.language),
    versionsUrl: articleUrl(article.id, article.language, 'versions'),
    of: ctx.t('knowledge-base.translation.of', { title: original?.title ?? '', number }),
    title: original?.title,
    summary: original?.summary,
    body: original?.body,
    lang: article.language,
    tick: ctx.t('knowledge-base.translation.isCurrent', { number }),
  };
}
