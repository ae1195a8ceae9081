import { change, type Actor, type App } from '@helpdesk/core';
import '../kb-hooks.js';
import type { ArticleText } from './published.js';

export interface RateArticle {
  text: Pick<ArticleText, 'textId' | 'articleId' | 'language' | 'number'>;
  reader: string;
  isHelpful: boolean;
  /** Left out: what was written before stays. */
  comment: string | undefined;
  actor: Actor;
}

/** One answer of a reader and version; a later one replaces it. */
export async function rateArticle(
  app: App,
  { text, reader, isHelpful, comment, actor }: RateArticle,
): Promise<void> {
  const { textId, articleId, language, number } = text;
  await change(app, async ({ trx, at, announce }) => {
    await trx('kb_feedback')
      .insert({ articleId, textId, number, reader, isHelpful: isHelpful ? 1 : 0, comment: comment ?? '', at })
      .onConflict(['textId', 'number', 'reader'])
      .merge({ isHelpful: isHelpful ? 1 : 0, at, ...(comment === undefined ? {} : { comment }) });
    announce('knowledge-base.rated', { articleId, language, number, isHelpful, actor });
  });
}
