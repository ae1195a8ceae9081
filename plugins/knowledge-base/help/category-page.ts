import { errors, type PortalContext } from '@helpdesk/core';
import { findAddress } from '../articles/addresses.js';
import { pathOf, type ShownText } from '../articles/visible.js';
import { listCategories, nameIn } from '../categories/list-categories.js';
import { choseLanguage, frameOf, movedTo } from './frame.js';
import { listInCategories } from './published.js';
import { readerOf, type Services } from './reader.js';

/** The articles of a category and of those below it. One in which there is nothing to read is not there. */
export async function categoryPage(ctx: PortalContext, services: Services): Promise<void> {
  const { db, language } = ctx;
  const slug = ctx.params['category'] ?? '';
  const id = await findAddress(db, { kind: 'category', slug });
  const categories = await listCategories(db);
  const category = categories.find((one) => one.id === id);
  if (!category) throw errors.NOT_FOUND();
  const children = categories.filter(({ parentId }) => parentId === category.id);
  const { scope } = await readerOf(ctx, services);
  const categoryIds = [category.id, ...children.map((child) => child.id)];
  const texts = await listInCategories(db, { scope, language, categoryIds });
  if (texts.length === 0) throw errors.NOT_FOUND();
  const path = `/help/${category.slug}`;
  if (slug !== category.slug) return movedTo(ctx, path);
  if (choseLanguage(ctx)) return;
  const parent = categories.find((one) => one.id === category.parentId);
  const present = (text: ShownText) => ({
    title: text.title,
    summary: text.summary,
    href: pathOf(text),
    lang: text.language === language ? undefined : text.language,
  });
  const inCategory = (wanted: number) => texts.filter(({ categoryId }) => categoryId === wanted).map(present);
  const name = nameIn(category, language);
  await ctx.render(
    'knowledge-base/category',
    {
      name,
      parent: parent && { name: nameIn(parent, language), href: `/help/${parent.slug}` },
      articles: inCategory(category.id),
      children: children
        .map((child) => ({
          name: nameIn(child, language),
          href: `/help/${child.slug}`,
          articles: inCategory(child.id),
        }))
        .filter(({ articles }) => articles.length > 0),
    },
    { page: frameOf(ctx, { path, description: ctx.t('knowledge-base.category.description', { name }) }) },
  );
}
