import { agentNames, type DeskContext } from '@helpdesk/core';
import { LANGUAGES } from '../articles/article.js';
import {
  listArticles,
  PAGE as SHOWN,
  STATES,
  type ArticleRow,
  type ListArticles,
} from '../articles/list-articles.js';
import { listCategories, nameIn, type CategoryRecord } from '../categories/list-categories.js';
import { articleUrl, BASE, PAGE, type Services } from './place.js';
import { listSegments, sayVisibility } from './present-visibility.js';
import { presentState } from './present-state.js';

/** All articles, what waits to be published and what to be translated anew. */
export async function listPage(ctx: DeskContext, services: Services): Promise<void> {
  const { db, query } = ctx;
  const filter = readFilter(ctx);
  const [rows, categories, names, segments] = await Promise.all([
    listArticles(db, filter),
    listCategories(db),
    agentNames(db),
    listSegments(services),
  ]);
  const shown = rows.slice(0, SHOWN);
  const last = rows.length > SHOWN ? shown.at(-1) : undefined;
  await ctx.render(
    'knowledge-base/list',
    {
      filters: presentFilters(ctx, categories),
      isFiltered: Object.keys(query).length > 0,
      allUrl: BASE,
      newUrl: `${BASE}/new`,
      categoriesUrl: `${BASE}/categories`,
      reportUrl: `${BASE}/report`,
      helpUrl: '/help',
      articles: shown.map((row) => ({
        title: row.title,
        href: articleUrl(row.articleId, row.language),
        state: presentState(ctx, row),
        isOutdated: row.isOutdated === 1,
        about: [
          ctx.t(`knowledge-base.language.${row.language}`),
          categoryOf(ctx, categories, row),
          sayVisibility(ctx, row.visibility, segments),
        ].join(' · '),
        editedBy: names.get(row.editedBy)?.name,
        editedAt: row.editedAt,
      })),
      nextUrl:
        last &&
        `${BASE}?${new URLSearchParams({ ...query, after: `${last.editedAt}_${last.textId}` }).toString()}`,
    },
    PAGE,
  );
}

const categoryOf = (
  ctx: DeskContext,
  categories: readonly CategoryRecord[],
  { categoryId }: ArticleRow,
): string => {
  const category = categories.find(({ id }) => id === categoryId);
  return category ? nameIn(category, ctx.language) : '';
};

/** What makes no sense does not narrow. */
function readFilter({ query, agent }: DeskContext): ListArticles {
  const state = STATES.find((one) => one === query['state']);
  const language = LANGUAGES.find((one) => one === query['lang']);
  const category = query['category'] ?? '';
  const title = (query['q'] ?? '').trim().slice(0, 100);
  const [, at, id] = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z)_(\d{1,15})$/.exec(query['after'] ?? '') ?? [];
  return {
    ...(state ? { state } : {}),
    ...(language ? { language } : {}),
    ...(/^[1-9]\d{0,14}$/.test(category) ? { categoryId: Number(category) } : {}),
    ...(query['outdated'] === '1' ? { isOutdated: true } : {}),
    ...(query['alone'] === '1' ? { isAlone: true } : {}),
    ...(query['mine'] === '1' ? { agentId: agent.id } : {}),
    ...(title === '' ? {} : { title }),
    ...(at && !Number.isNaN(Date.parse(at)) ? { after: { at, id: Number(id) } } : {}),
  };
}

function presentFilters(ctx: DeskContext, categories: readonly CategoryRecord[]) {
  const { query, t } = ctx;
  const select = (name: string, options: readonly { value: string; label: string }[]) => ({
    name,
    kind: 'select',
    label: t(`knowledge-base.filter.${name}`),
    options: [{ value: '', label: t('knowledge-base.filter.any') }, ...options].map((option) => ({
      ...option,
      selected: option.value === (query[name] ?? ''),
    })),
  });
  return {
    q: query['q'] ?? '',
    selects: [
      select(
        'state',
        STATES.map((value) => ({ value, label: t(`knowledge-base.state.${value}`) })),
      ),
      select(
        'lang',
        LANGUAGES.map((value) => ({ value, label: t(`knowledge-base.language.${value}`) })),
      ),
      select(
        'category',
        categories.map((category) => ({
          value: String(category.id),
          label: `${category.parentId === null ? '' : '— '}${nameIn(category, ctx.language)}`,
        })),
      ),
    ],
    isMine: query['mine'] === '1',
    isOutdated: query['outdated'] === '1',
    isAlone: query['alone'] === '1',
  };
}
