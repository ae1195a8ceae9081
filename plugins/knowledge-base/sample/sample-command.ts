import type { Actor, CommandDefinition, HostApp } from '@helpdesk/core';
import { saveArticle } from '../articles/save-article.js';
import { publishText } from '../articles/publish-text.js';
import { saveCategory } from '../categories/save-category.js';
import { LANGUAGES } from '../articles/article.js';
import { findAddress } from '../articles/addresses.js';
import { orders } from './orders.js';
import type { SampleArticle, SampleCategory } from './sample.js';
import { thermostats } from './thermostats.js';

const CATEGORIES: readonly SampleCategory[] = [
  { slug: 'thermostats', nameRu: 'Термостаты', nameEn: 'Thermostats' },
  { slug: 'heaters', nameRu: 'Обогреватели', nameEn: 'Heaters' },
  { slug: 'delivery', nameRu: 'Доставка и возврат', nameEn: 'Delivery and returns' },
  { slug: 'warranty', nameRu: 'Гарантия', nameEn: 'Warranty' },
];
const actor: Actor = { kind: 'system', id: 'knowledge-base', door: 'cli' };

export const sampleCommand: CommandDefinition = {
  name: 'knowledge-base:sample',
  summary: 'Write eight articles in Russian and English, to try the knowledge base with',
  needs: 'app',
  async run({ app, output, errors }) {
    const agent: { id: number } | undefined = await app.db('agents').orderBy('id').first('id');
    if (!agent) {
      errors.write('Nobody is there yet who could have written them: finish the setup first\n');
      return 2;
    }
    if (await findAddress(app.db, { kind: 'category', slug: 'thermostats' })) {
      output.write('The articles are there already\n');
      return 0;
    }
    const count = await writeSample(app, agent.id);
    output.write(`${count} articles in Russian and English, below /help\n`);
    return 0;
  },
};

/** @returns how many articles were published */
export async function writeSample(app: HostApp, agentId: number): Promise<number> {
  const ids = new Map<string, number>();
  for (const category of CATEGORIES)
    ids.set(category.slug, await saveCategory(app, { ...category, parentId: null }));
  const articles = [...thermostats, ...orders];
  for (const article of articles)
    await writeArticle(app, { article, categoryId: ids.get(article.category) ?? 0, agentId });
  return articles.length;
}

async function writeArticle(
  app: HostApp,
  { article, categoryId, agentId }: { article: SampleArticle; categoryId: number; agentId: number },
): Promise<void> {
  let articleId: number | undefined;
  for (const language of LANGUAGES) {
    const saved = await saveArticle(app, {
      ...(articleId === undefined ? {} : { articleId }),
      language,
      categoryId,
      visibility: article.visibility,
      written: article.texts[language],
      slug: '',
      madeFrom: articleId === undefined ? null : 1,
      expectedVersion: 0,
      agentId,
      actor,
    });
    articleId = saved.articleId;
    await publishText(app, { articleId, language, expectedVersion: saved.version, note: '', agentId, actor });
  }
}
