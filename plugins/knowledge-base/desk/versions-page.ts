import { agentNames, errors, type DeskContext } from '@helpdesk/core';
import type { VersionRecord } from '../articles/article.js';
import { findArticle, listVersions, textIn } from '../articles/find-article.js';
import { compareLines } from '../words/compare-lines.js';
import { articleUrl, BASE, languageIn, PAGE, pathId } from './place.js';

/** What was published, and what each version changed. One is laid beside the one before it, or the draft beside both. */
export async function versionsPage(ctx: DeskContext): Promise<void> {
  const article = await findArticle(ctx.db, pathId(ctx));
  const language = languageIn(ctx) ?? article.language;
  const text = textIn(article, language);
  if (!text) throw errors.NOT_FOUND();
  const [versions, names] = await Promise.all([listVersions(ctx.db, text.id), agentNames(ctx.db)]);
  const wanted = Number(ctx.query['version']) || versions[0]?.number;
  const shown = versions.find(({ number }) => number === wanted);
  const before = shown && versions.find(({ number }) => number < shown.number);
  const self = articleUrl(article.id, language, 'versions');
  await ctx.render(
    'knowledge-base/versions',
    {
      articleTitle: text.title,
      articleUrl: articleUrl(article.id, language),
      restoreUrl: `${BASE}/articles/${article.id}/restore`,
      language,
      version: text.version,
      hasDraft: text.isChanged === 1,
      languageName: ctx.t(`knowledge-base.language.${language}`),
      versions: versions.map((version) => ({
        number: version.number,
        text: ctx.t('knowledge-base.versions.one', { number: version.number }),
        href: `${self}&version=${version.number}`,
        on: version.number === shown?.number,
        isCurrent: version.id === text.publishedId,
        by: names.get(version.authorId)?.name,
        at: version.at,
        note: version.note,
      })),
      shown: shown && {
        number: shown.number,
        heading: before
          ? ctx.t('knowledge-base.versions.changed', { number: shown.number, before: before.number })
          : ctx.t('knowledge-base.versions.first', { number: shown.number }),
        canRestore: shown.id !== text.publishedId,
        lines: compareLines(before ? wholeOf(before) : '', wholeOf(shown)).map(({ text: line, state }) => ({
          text: line,
          isAdded: state === 'added',
          isRemoved: state === 'removed',
          isGap: state === 'gap',
        })),
      },
    },
    PAGE,
  );
}

const wholeOf = ({ title, summary, body }: VersionRecord): string =>
  [`# ${title}`, ...(summary === '' ? [] : [summary]), '', body].join('\n');
