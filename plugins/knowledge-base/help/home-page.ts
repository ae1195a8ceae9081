import { formatNumber, type PortalContext } from '@helpdesk/core';
import { listCategories, nameIn, type CategoryRecord } from '../categories/list-categories.js';
import { choseLanguage, frameOf } from './frame.js';
import { popularArticles } from './popular-articles.js';
import { countByCategory } from './published.js';
import { readerOf, type Services } from './reader.js';
import { remember } from './remember.js';

/** The start of the articles: a search, categories, what is read most. */
export async function homePage(ctx: PortalContext, services: Services): Promise<void> {
  if (choseLanguage(ctx)) return;
  const { db, language } = ctx;
  const { scope } = await readerOf(ctx, services);
  const [categories, counts, popular] = await Promise.all([
    listCategories(db),
    remember(
      ctx.app,
      'articles by category',
      () => countByCategory(db, { scope, language }),
      `${language} ${scope.join(' ')}`,
    ),
    popularArticles(ctx.app, { scope, language }),
  ]);
  const shown = presentCategories(ctx, categories, counts);
  await ctx.render(
    'knowledge-base/home',
    {
      categories: shown,
      popular: popular.map(({ lang, ...text }) => ({ ...text, lang: lang === language ? undefined : lang })),
    },
    { page: frameOf(ctx, { path: '/help', description: ctx.t('knowledge-base.help.description') }) },
  );
}

/** Only those in which there is something to read, with their own below them. */
function presentCategories(
  ctx: PortalContext,
  categories: readonly CategoryRecord[],
  counts: ReadonlyMap<number, number>,
) {
  const all = (category: CategoryRecord) =>
    categories
      .filter(({ id, parentId }) => id === category.id || parentId === category.id)
      .reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0);
  const present = (category: CategoryRecord) => ({
    name: nameIn(category, ctx.language),
    href: `/help/${category.slug}`,
    count: ctx.t('knowledge-base.help.articles', {
      count: all(category),
      n: formatNumber(all(category), ctx),
    }),
  });
  return categories
    .filter((category) => category.parentId === null && all(category) > 0)
    .map((category) => ({
      ...present(category),
      children: categories
        .filter(({ id, parentId }) => parentId === category.id && (counts.get(id) ?? 0) > 0)
        .map(present),
    }));
}
