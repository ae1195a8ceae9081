import { isError, orNone, type DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { RESERVED } from '../articles/addresses.js';
import { findCategory, listCategories, nameIn, type CategoryRecord } from '../categories/list-categories.js';
import { listPlaced, moveArticle } from '../categories/order-articles.js';
import { moveCategory, removeCategory } from '../categories/order-categories.js';
import { saveCategory } from '../categories/save-category.js';
import { forget } from '../help/remember.js';
import { SLUG } from '../words/slug.js';
import { BASE, isId, PAGE, pathId } from './place.js';

export const CATEGORIES = `${BASE}/categories`;

const name = z.string().trim().max(80).default('');
const CategoryForm = z
  .object({
    id: z.coerce.number().int().positive().optional(),
    nameRu: name,
    nameEn: name,
    slug: z
      .string()
      .trim()
      .toLowerCase()
      .max(60)
      .refine((text) => text === '' || SLUG.test(text), 'knowledge-base.problem.slug')
      .refine((text) => !RESERVED.has(text), 'knowledge-base.problem.slugTaken')
      .default(''),
    parentId: orNone(z.coerce.number().int().positive()),
    version: z.coerce.number().int().nonnegative().optional(),
  })
  .refine(({ nameRu, nameEn }) => nameRu !== '' || nameEn !== '', {
    path: ['nameRu'],
    message: 'knowledge-base.problem.name',
  });

type Values = Readonly<Record<string, string>>;

/** The tree of categories; one of them, or a new one, in the form beside it. */
export async function categoriesPage(ctx: DeskContext): Promise<void> {
  const id = ctx.query['id'];
  await show(ctx, id ? valuesOf(await findCategory(ctx.db, pathId({ params: { id } }))) : {});
}

const valuesOf = ({ id, nameRu, nameEn, slug, parentId, version }: CategoryRecord): Values => ({
  id: String(id),
  nameRu,
  nameEn,
  slug,
  parentId: parentId === null ? '' : String(parentId),
  version: String(version),
});

export async function saveCategoryPage(ctx: DeskContext): Promise<void> {
  const form = await ctx.readForm(CategoryForm);
  const typed = await ctx.typed();
  if (!form.ok) return show(ctx, typed, { problems: form.problems, status: 422 });
  const { id, version, ...values } = form.value;
  try {
    await saveCategory(ctx.app, {
      ...values,
      ...(id === undefined ? {} : { categoryId: id }),
      ...(version === undefined ? {} : { expectedVersion: version }),
    });
  } catch (error) {
    if (isError(error, 'TICKET_CHANGED')) return show(ctx, typed, { isConflict: true, status: 409 });
    if (!isError(error, 'ACTION_REFUSED')) throw error;
    const because = String(error.details['because']);
    const field = because.endsWith('twoLevels') ? 'parentId' : 'slug';
    return show(ctx, typed, { problems: { [field]: because }, status: 422 });
  }
  ctx.flash({ text: ctx.t('knowledge-base.categories.saved'), tone: 'ok' });
  ctx.redirect(CATEGORIES);
}

export async function moveCategoryPage(ctx: DeskContext): Promise<void> {
  const { direction } = await ctx.form(Move);
  await moveCategory(ctx.app, { categoryId: pathId(ctx), direction });
  ctx.redirect(CATEGORIES);
}

const Move = z.object({ direction: z.enum(['up', 'down']) });
const MoveArticle = Move.extend({ articleId: z.coerce.number().int().positive() });

/** An article goes up or down in its category. */
export async function orderArticlesPage(ctx: DeskContext): Promise<void> {
  const categoryId = pathId(ctx);
  const { language } = ctx;
  await moveArticle(ctx.app, { categoryId, language, ...(await ctx.form(MoveArticle)) });
  forget(ctx.app);
  ctx.redirect(`${CATEGORIES}?id=${categoryId}#kb-order`);
}

export async function removeCategoryPage(ctx: DeskContext): Promise<void> {
  try {
    await removeCategory(ctx.app, { categoryId: pathId(ctx) });
    ctx.flash({ text: ctx.t('knowledge-base.categories.removed') });
  } catch (error) {
    if (!isError(error, 'ACTION_REFUSED')) throw error;
    ctx.flash({ text: ctx.t(String(error.details['because'])), tone: 'warn' });
  }
  ctx.redirect(CATEGORIES);
}

interface Wrong {
  problems?: Readonly<Record<string, string>>;
  isConflict?: boolean;
  status?: number;
}

async function show(
  ctx: DeskContext,
  values: Values,
  { problems = {}, isConflict = false, status = 200 }: Wrong = {},
): Promise<void> {
  const { t, language } = ctx;
  const [categories, placed] = await Promise.all([
    listCategories(ctx.db),
    isId(values['id']) ? listPlaced(ctx.db, { categoryId: Number(values['id']), language }) : [],
  ]);
  const field = (key: string, more: object = {}) => ({
    name: key,
    label: t(`knowledge-base.field.${key}`),
    value: values[key] ?? '',
    maxlength: 80,
    error: problems[key] && t(problems[key]),
    ...more,
  });
  const parents = categories.filter(({ id, parentId }) => parentId === null && String(id) !== values['id']);
  await ctx.render(
    'knowledge-base/categories',
    {
      listUrl: BASE,
      action: CATEGORIES,
      categories: categories.map((category) => ({
        name: nameIn(category, language),
        other:
          category.nameRu && category.nameEn
            ? language === 'ru'
              ? category.nameEn
              : category.nameRu
            : undefined,
        slug: `/help/${category.slug}`,
        isChild: category.parentId !== null,
        href: `${CATEGORIES}?id=${category.id}`,
        moveUrl: `${CATEGORIES}/${category.id}/move`,
        removeUrl: `${CATEGORIES}/${category.id}/remove`,
      })),
      id: values['id'],
      placed: placed.length > 1 ? placed : [],
      orderUrl: `${CATEGORIES}/${values['id']}/order`,
      version: values['version'],
      isConflict,
      errors: Object.entries(problems).map(([key, problem]) => ({
        id: `f-${key}`,
        label: t(`knowledge-base.field.${key}`),
        message: t(problem),
      })),
      fields: [
        field('nameRu'),
        field('nameEn'),
        field('parentId', {
          kind: 'select',
          options: [
            { value: '', label: t('knowledge-base.categories.top') },
            ...parents.map((parent) => ({ value: String(parent.id), label: nameIn(parent, language) })),
          ].map((option) => ({ ...option, selected: option.value === (values['parentId'] ?? '') })),
        }),
        field('slug', { optional: true, maxlength: 60, hint: t('knowledge-base.field.slug.hint') }),
      ],
    },
    { ...PAGE, status },
  );
}
