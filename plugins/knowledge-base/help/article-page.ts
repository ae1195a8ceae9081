import { errors, type HostApp, type PortalContext } from '@helpdesk/core';
import { findAddress } from '../articles/addresses.js';
import { pathOf, type ShownText } from '../articles/visible.js';
import { noteRead } from '../avoided/note-read.js';
import { listCategories, nameIn } from '../categories/list-categories.js';
import { suggestArticles } from '../search/suggest-articles.js';
import { firstWords, plainText, readingMinutes } from '../words/plain-text.js';
import { choseLanguage, frameOf, movedTo, writeUrl } from './frame.js';
import { findNeighbours } from './neighbours.js';
import { findPublished, findTwin, listReadable, type ArticleText } from './published.js';
import { readerOf, type Reader, type Services } from './reader.js';
import { remember } from './remember.js';
import { renderVersion } from './rendered.js';

/** @throws NOT_FOUND also for what is there but not for this reader */
export async function articleOf(
  ctx: PortalContext,
  services: Services,
): Promise<{ text: ArticleText; reader: Reader }> {
  const slug = ctx.params['slug'] ?? '';
  const reader = await readerOf(ctx, services);
  const textId = await findAddress(ctx.db, { kind: 'article', slug });
  const text = textId === undefined ? undefined : await findPublished(ctx.db, reader.scope, textId);
  if (!text) throw errors.NOT_FOUND();
  return { text, reader };
}

/** One article. An address that it had before, or one with another category, leads to the one that it has. */
export async function articlePage(ctx: PortalContext, services: Services): Promise<void> {
  const { text, reader } = await articleOf(ctx, services);
  const path = pathOf(text);
  if (ctx.path !== path) return movedTo(ctx, path);
  if (choseLanguage(ctx)) return;
  await showArticle(ctx, { text, reader });
  noteRead(ctx, { text, reader });
}

export interface Asked {
  readonly problems?: Readonly<Record<string, string>>;
  readonly comment?: string;
}

export async function showArticle(
  ctx: PortalContext,
  { text, reader, asked = {} }: { text: ArticleText; reader: Reader; asked?: Asked },
): Promise<void> {
  const { language, versionId, body, title, summary } = text;
  const [twin, categories, others] = await Promise.all([
    findTwin(ctx.db, text),
    listCategories(ctx.db),
    listOthers(ctx, text, reader),
  ]);
  const path = pathOf(text);
  const parent = categories.find(({ id }) => id === text.parentId);
  const { html, headings } = renderVersion(ctx.app, { versionId, body, language });
  const description = firstWords(summary || plainText(body), 160);
  await ctx.render(
    'knowledge-base/article',
    {
      title,
      summary,
      html,
      lang: language === ctx.language ? undefined : language,
      crumbs: [
        ...(parent ? [{ name: nameIn(parent, ctx.language), href: `/help/${parent.slug}` }] : []),
        { name: nameIn(text, ctx.language), href: `/help/${text.categorySlug}` },
      ],
      address: ctx.app.company.url + path,
      updatedAt: text.publishedAt,
      minutes: ctx.t('knowledge-base.article.minutes', { count: readingMinutes(body) }),
      headings: headings.length > 1 ? headings : [],
      ...others,
      twin: twin && {
        href: `${pathOf(twin)}?lang=${twin.language}`,
        lang: twin.language,
        text: ctx.app.t(twin.language, 'knowledge-base.article.inThis'),
      },
      helpful: presentHelpful(ctx, path, asked),
    },
    {
      status: asked.problems ? 422 : 200,
      page: frameOf(ctx, {
        path,
        description,
        paths: { [language]: path, ...(twin ? { [twin.language]: pathOf(twin) } : {}) },
        isHidden: text.visibility !== 'public',
      }),
    },
  );
}

/** Two buttons; after "no" a question, after either a word of thanks. */
function presentHelpful(ctx: PortalContext, path: string, { problems, comment }: Asked) {
  const rated = problems ? 'no' : ctx.query['rated'];
  return {
    action: `${path}/helpful`,
    isThanked: rated === 'yes' || rated === 'told',
    isAsked: rated === 'no',
    comment,
    error: problems?.['comment'] && ctx.t(problems['comment']),
    writeUrl: writeUrl(ctx),
  };
}

const RELATED = 4;

/** Where to go on: what is near to it, and what stands beside it. What of that somebody may read is asked each time. */
async function listOthers({ app, db, language }: PortalContext, text: ArticleText, reader: Reader) {
  const { scope } = reader;
  const [near, { previous, next }] = await Promise.all([
    findRelated(app, text, reader),
    findNeighbours(app, text, reader),
  ]);
  const beside = [previous, next].filter((id) => id !== undefined);
  const ids = [...new Set([...near, ...beside])];
  const texts = new Map<number | undefined, ShownText>(
    (ids.length > 0 ? await listReadable(db, { ids, scope }) : []).map((one) => [one.textId, one]),
  );
  const link = (id: number | undefined) => {
    const one = texts.get(id);
    if (!one) return [];
    return [
      { title: one.title, href: pathOf(one), lang: one.language === language ? undefined : one.language },
    ];
  };
  const neighbours = [
    ...link(previous).map((one) => ({ ...one, rel: 'prev', label: 'knowledge-base.article.previous' })),
    ...link(next).map((one) => ({ ...one, rel: 'next', label: 'knowledge-base.article.next' })),
  ];
  return { related: near.flatMap(link), neighbours };
}

/** The texts that are nearest to one, looked for seldom. */
async function findRelated(app: HostApp, text: ArticleText, { scope }: Reader): Promise<readonly number[]> {
  const { title, summary, language, versionId, articleId } = text;
  const near = async () => {
    const found = await suggestArticles(app, {
      subject: title,
      text: summary,
      language,
      scope,
      limit: RELATED + 1,
    });
    return found.filter((one) => one.articleId !== articleId).map(({ textId }) => textId);
  };
  const ids = await remember(app, 'related texts', near, `${versionId} ${scope.join(' ')}`);
  return ids.slice(0, RELATED);
}
