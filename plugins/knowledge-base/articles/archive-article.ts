import { change, type Actor, type App } from '@helpdesk/core';
import '../kb-hooks.js';

export interface ArchiveArticle {
  articleId: number;
  /** false: it comes back as it was. */
  isArchived: boolean;
  actor: Actor;
}

/** Nobody but colleagues finds an archived article; its texts, versions and address stay. */
export async function archiveArticle(
  app: App,
  { articleId, isArchived, actor }: ArchiveArticle,
): Promise<void> {
  await change(app, async ({ trx, at, announce }) => {
    const article = trx('kb_articles').where({ id: articleId });
    const changed = isArchived
      ? await article.whereNull('archivedAt').update({ archivedAt: at })
      : await article.whereNotNull('archivedAt').update({ archivedAt: null });
    if (changed > 0) announce('knowledge-base.archived', { articleId, isArchived, actor });
  });
}
