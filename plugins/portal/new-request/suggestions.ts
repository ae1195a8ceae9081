import type { PortalContext } from '@helpdesk/core';
import type { ArticleSuggestion } from '../contract.js';

const SHOWN = 3;
const SHORTEST = 4;

/** Articles that may answer what is being written; whoever fails to say is left out. */
export async function suggestArticles(
  { app, language, contactId, actor }: PortalContext,
  text: string,
): Promise<ArticleSuggestion[]> {
  const asked = text.trim().slice(0, 1000);
  if (asked.length < SHORTEST || !app.hooks.listens('article.suggestions')) return [];
  const found = await app.hooks.collect('article.suggestions', { text: asked, language, contactId, actor });
  return found.map(({ answer }) => answer).slice(0, SHOWN);
}

/** The piece below the subject, while a script asks for it. */
export async function suggestionsPart(ctx: PortalContext): Promise<void> {
  await ctx.renderPartial('portal/suggest', {
    articles: await suggestArticles(ctx, ctx.query['text'] ?? ''),
  });
}
