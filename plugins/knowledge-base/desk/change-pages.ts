import type { DeskContext } from '@helpdesk/core';
import { z } from 'zod';
import { LANGUAGES } from '../articles/article.js';
import { archiveArticle } from '../articles/archive-article.js';
import { findArticle } from '../articles/find-article.js';
import { restoreVersion, withdrawText } from '../articles/publish-text.js';
import { articleUrl, pathId } from './place.js';

const InLanguage = z.object({ language: z.enum(LANGUAGES) });

/** Readers see the text no more. */
export async function withdrawPage(ctx: DeskContext): Promise<void> {
  const articleId = pathId(ctx);
  const { language } = await ctx.form(InLanguage);
  await withdrawText(ctx.app, { articleId, language, agentId: ctx.agent.id, actor: ctx.actor });
  ctx.flash({ text: ctx.t('knowledge-base.read.withdrawn') });
  ctx.redirect(articleUrl(articleId, language));
}

export async function archivePage(ctx: DeskContext): Promise<void> {
  const { id, language } = await findArticle(ctx.db, pathId(ctx));
  const { isArchived } = await ctx.form(z.object({ isArchived: z.enum(['yes', 'no']) }));
  await archiveArticle(ctx.app, { articleId: id, isArchived: isArchived === 'yes', actor: ctx.actor });
  ctx.flash({
    text: ctx.t(isArchived === 'yes' ? 'knowledge-base.read.archived' : 'knowledge-base.read.unarchived'),
  });
  ctx.redirect(articleUrl(id, language));
}

/** An old version is published again, as a new one. */
export async function restorePage(ctx: DeskContext): Promise<void> {
  const articleId = pathId(ctx);
  const { language, number, version } = await ctx.form(
    InLanguage.extend({
      number: z.coerce.number().int().positive(),
      version: z.coerce.number().int().positive(),
    }),
  );
  const note = ctx.t('knowledge-base.versions.restoredNote', { number });
  await restoreVersion(ctx.app, {
    articleId,
    language,
    number,
    note,
    expectedVersion: version,
    agentId: ctx.agent.id,
    actor: ctx.actor,
  });
  ctx.flash({ text: ctx.t('knowledge-base.versions.restored', { number }), tone: 'ok' });
  ctx.redirect(articleUrl(articleId, language, 'versions'));
}
