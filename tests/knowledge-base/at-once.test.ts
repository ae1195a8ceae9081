import { isError } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishText } from '../../plugins/knowledge-base/articles/publish-text.js';
import { saveArticle } from '../../plugins/knowledge-base/articles/save-article.js';
import { removeCategory } from '../../plugins/knowledge-base/categories/order-categories.js';
import { saveCategory } from '../../plugins/knowledge-base/categories/save-category.js';
import { startKbDesk, system, type KbDesk } from './kb-desk.js';

const MANY = 20;

describe.each(testEngines)('many who write articles at one moment on %s', (engine) => {
  let at: KbDesk;
  beforeAll(async () => {
    at = await startKbDesk({ engine });
  });
  afterAll(() => at?.close());

  const each = <T>(work: (index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: MANY }, (_, index) => work(index)));

  it('give one title to their articles: each gets an address of its own', async () => {
    const made = await each(() => at.article('The same title', { isDraft: true }));
    const wanted = Array.from({ length: MANY }, (_, i) => `the-same-title${i === 0 ? '' : `-${i + 1}`}`);
    expect(made.map(({ slug }) => slug).toSorted()).toEqual(wanted.toSorted());
    const addresses: string[] = await at.app
      .db('kb_addresses')
      .whereIn(
        'targetId',
        made.map(({ textId }) => textId),
      )
      .where({ kind: 'article' })
      .pluck('slug');
    expect(addresses.toSorted()).toEqual(wanted.toSorted());
  });

  it('give one name to their categories: each gets an address of its own', async () => {
    const ids = await each(() =>
      saveCategory(at.app, { parentId: null, nameRu: '', nameEn: 'The same name', slug: '' }),
    );
    const slugs: string[] = await at.app.db('kb_categories').whereIn('id', ids).pluck('slug');
    expect(new Set(slugs).size).toBe(MANY);
  });

  it('find a category removed under their hands: each article is in one that is there, or is told', async () => {
    const made = { parentId: null, nameRu: '', nameEn: 'Going', slug: '' };
    for (let round = 0; round < 5; round++) {
      const categoryId = await saveCategory(at.app, made);
      const [removed, ...saved] = await Promise.allSettled([
        removeCategory(at.app, { categoryId }),
        ...Array.from({ length: 5 }, () => at.article('Where to', { categoryId, isDraft: true })),
      ]);
      const refusals = [removed, ...saved].flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      expect(refusals.map((error: unknown) => isError(error, 'ACTION_REFUSED'))).toEqual(
        refusals.map(() => true),
      );
      const inIt: unknown[] = await at.app.db('kb_articles').where({ categoryId });
      expect(inIt).toHaveLength(saved.filter(({ status }) => status === 'fulfilled').length);
      expect(inIt.length > 0).toBe(removed.status === 'rejected');
    }
  });

  it('take words from each other while they publish, and none waits for another in a circle', async () => {
    const words = (first: string) => Array.from({ length: 150 }, (_, i) => `${first}word${i}`).join(' ');
    const vocabularies = [words('a'), words('z')] as const;
    const bodyOf = (index: number) => vocabularies[index % 2] ?? '';
    const made = await each((index) => at.article(`Words ${index}`, { written: { body: bodyOf(index) } }));
    const one = { language: 'en', agentId: at.agentId, actor: system } as const;
    await each((index) =>
      saveArticle(at.app, {
        ...one,
        articleId: made[index]?.articleId ?? 0,
        categoryId: at.categoryId,
        visibility: 'public',
        written: { title: `Words ${index}`, summary: '', body: bodyOf(index + 1) },
        slug: '',
        madeFrom: null,
        expectedVersion: 2,
      }),
    );
    const numbers = await each((index) =>
      publishText(at.app, {
        ...one,
        articleId: made[index]?.articleId ?? 0,
        expectedVersion: 3,
        note: '',
      }),
    );
    expect(numbers).toEqual(numbers.map(() => 2));
    const stems: { stem: string; texts: number }[] = await at.app
      .db('kb_stems')
      .whereIn('stem', ['aword7', 'zword7']);
    expect(stems.map(({ texts }) => texts)).toEqual([MANY / 2, MANY / 2]);
  });
});
