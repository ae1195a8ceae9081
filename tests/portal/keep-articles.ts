import type { Actor, HostApp } from '@helpdesk/core';
import type { Visibility } from '../../plugins/knowledge-base/articles/article.js';
import { publishText, withdrawText } from '../../plugins/knowledge-base/articles/publish-text.js';
import { saveArticle } from '../../plugins/knowledge-base/articles/save-article.js';
import { saveCategory } from '../../plugins/knowledge-base/categories/save-category.js';

const actor: Actor = { kind: 'system', id: 'test', door: 'test' };

export const CATEGORY = 'boilers';
/** Addresses of an article for the team alone, and of one that was withdrawn. */
export const articleSlugs = { team: 'for-the-team', gone: 'withdrawn' } as const;
/** Words of articles that customers do not read, and of those that only strangers do not. */
export const articleMarks = { team: ['teamwordny6', 'gonewordbd8'], visitors: ['visitorwordfm3'] } as const;

/** An article for everybody, one for who has signed in, one for the team, and one that was withdrawn. */
export async function keepArticles(app: HostApp, agentId: number): Promise<void> {
  const categoryId = await saveCategory(app, {
    parentId: null,
    nameRu: 'Котлы',
    nameEn: 'Boilers',
    slug: CATEGORY,
  });
  const publish = async (word: string, visibility: Visibility, slug: string) => {
    const written = { title: `Subject ${word}`, summary: `Text ${word}`, body: `Typed text ${word}` };
    const made = { language: 'en', agentId, actor } as const;
    const { articleId, version } = await saveArticle(app, {
      ...made,
      categoryId,
      visibility,
      written,
      slug,
      madeFrom: null,
      expectedVersion: 0,
    });
    await publishText(app, { ...made, articleId, expectedVersion: version, note: '' });
    return articleId;
  };
  const [team, gone] = articleMarks.team;
  await publish('everybody', 'public', 'for-everybody');
  await publish(articleMarks.visitors[0], 'visitors', 'for-visitors');
  await publish(team, 'agents', articleSlugs.team);
  const articleId = await publish(gone, 'public', articleSlugs.gone);
  await withdrawText(app, { articleId, language: 'en', agentId, actor });
}
