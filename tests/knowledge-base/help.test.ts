import { testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveArticle } from '../../plugins/knowledge-base/articles/archive-article.js';
import { saveArticle } from '../../plugins/knowledge-base/articles/save-article.js';
import { saveCategory } from '../../plugins/knowledge-base/categories/save-category.js';
import { videoPath } from '../../plugins/knowledge-base/words/video-card.js';
import { startKbDesk, system, type KbDesk, type Visit } from './kb-desk.js';

describe.each(testEngines)('what readers see on %s', (engine) => {
  let at: KbDesk;
  let reader: Visit;
  beforeAll(async () => {
    at = await startKbDesk({ engine });
    reader = at.customer();
  });
  afterAll(() => at?.close());

  it('is an article at a clean address, with what search engines want to know', async () => {
    const { path } = await at.article('How to bleed a radiator', {
      written: { summary: 'In <two> minutes', body: '## Tools\n\nA key\n\n## Steps\n\n1. Open it' },
    });
    expect(path).toBe('/help/boilers/how-to-bleed-a-radiator');
    const html = await reader.text(path);
    expect(html).toContain(`<link rel="canonical" href="${at.app.company.url}${path}">`);
    expect(html).toContain('<meta name="description" content="In &lt;two&gt; minutes">');
    expect(html).toContain('<h2 id="p-tools">Tools</h2>');
    expect(html).toContain('<a href="#p-steps">Steps</a>');
    expect(html).toContain('1 minute');
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(await reader.text('/help')).toContain('How to bleed a radiator');
    expect(await reader.text('/help/boilers')).toContain(path);
  });

  it('moves with its address: old ones lead on for good', async () => {
    const made = await at.article('Old name');
    await saveArticle(at.app, {
      articleId: made.articleId,
      language: 'en',
      categoryId: at.categoryId,
      visibility: 'public',
      written: { title: 'Old name', summary: '', body: 'Words' },
      slug: 'new-name',
      madeFrom: null,
      expectedVersion: 2,
      agentId: at.agentId,
      actor: system,
    });
    const moved = await reader.get('/help/boilers/old-name?x=1');
    expect([moved.status, moved.headers.get('location')]).toEqual([301, '/help/boilers/new-name']);
    const elsewhere = await reader.get('/help/nonsense/new-name');
    expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([301, '/help/boilers/new-name']);
    expect((await reader.get('/help/boilers/new-name')).status).toBe(200);
    // The old address stays taken, and comes back to its own article alone.
    await expect(at.article('Other', { slug: 'old-name' })).rejects.toThrow(/slugTaken/);
  });

  it('moves with its category', async () => {
    const parentId = null;
    const slug = 'pumps';
    const categoryId = await saveCategory(at.app, { parentId, nameRu: 'Насосы', nameEn: 'Pumps', slug });
    const { slug: article } = await at.article('A pump', { categoryId });
    await saveCategory(at.app, {
      categoryId,
      parentId,
      nameRu: 'Насосы',
      nameEn: 'Pumps',
      slug: 'all-pumps',
    });
    expect((await reader.get('/help/pumps')).headers.get('location')).toBe('/help/all-pumps');
    expect((await reader.get(`/help/pumps/${article}`)).headers.get('location')).toBe(
      `/help/all-pumps/${article}`,
    );
  });

  it('is not there when it is not for them: draft, colleagues, signed in, segment, archived', async () => {
    const hidden = [
      await at.article('A draft', { isDraft: true }),
      await at.article('Ours', { visibility: 'agents' }),
      await at.article('Guests', { visibility: 'visitors' }),
      await at.article('Segment', { visibility: 'segment:1' }),
      await at.article('Archived'),
    ];
    await archiveArticle(at.app, {
      articleId: hidden.at(-1)?.articleId ?? 0,
      isArchived: true,
      actor: system,
    });
    for (const { path } of hidden) {
      expect([path, (await reader.get(path)).status]).toEqual([path, 404]);
      // The same for an address that would lead on, and for a form.
      expect((await reader.get(path.replace('boilers', 'other'))).status).toBe(404);
      expect((await reader.post(`${path}/helpful`, { helpful: 'yes' })).status).toBe(404);
    }
    const listed = (await reader.text('/help/boilers')) + (await reader.text('/help'));
    for (const { path } of hidden) expect(listed).not.toContain(path);
    expect((await reader.get('/help/nothing')).status).toBe(404);
    expect((await reader.get('/help/boilers/nothing')).status).toBe(404);
  });

  it('links its two languages, and the language of the page follows a choice', async () => {
    const { articleId, path } = await at.article('Two languages');
    const other = await at.article('Два языка', { articleId, language: 'ru', madeFrom: 1 });
    const html = await reader.text(path);
    const { url } = at.app.company;
    expect(html).toContain(`<link rel="alternate" hreflang="ru" href="${url}${other.path}">`);
    expect(html).toContain(`<link rel="alternate" hreflang="en" href="${url}${path}">`);
    const chosen = await reader.get(`${other.path}?lang=ru`);
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, other.path]);
    expect(chosen.headers.getSetCookie().join()).toContain('hd-language=ru');
    const russian = at.customer(undefined, 'hd-language=ru');
    expect(await russian.text(other.path)).toContain('Статья помогла?');
    const list = await russian.text('/help/boilers');
    expect(list).toContain('Два языка');
    expect(list).not.toContain('Two languages');
    expect(list).toContain('How to bleed a radiator');
  });

  it('leads from one article of a category to the next, by title until somebody puts them in an order', async () => {
    const names = { parentId: null, nameRu: 'По порядку', nameEn: 'In order', slug: 'in-order' };
    const categoryId = await saveCategory(at.app, names);
    const hidden = await at.article('Bravo for us', { categoryId, visibility: 'agents' });
    const made: Record<string, { articleId: number; path: string }> = {};
    for (const title of ['Alpha', 'Bravo', 'Charlie']) {
      const { articleId, slug } = await at.article(title, { categoryId });
      made[title] = { articleId, path: `/help/in-order/${slug}` };
    }
    const beside = async (title: string) => {
      const html = await reader.text(made[title]?.path ?? '');
      expect(html).not.toContain(hidden.slug);
      const nav = /<nav class="kb-beside".*?<\/nav>/s.exec(html)?.[0] ?? '';
      return ['prev', 'next'].map((rel) => new RegExp(`href="([^"]*)" rel="${rel}"`).exec(nav)?.[1]);
    };
    const paths = (...titles: string[]) => titles.map((title) => made[title]?.path);
    expect(await beside('Alpha')).toEqual(paths('', 'Bravo'));
    expect(await beside('Bravo')).toEqual(paths('Alpha', 'Charlie'));
    expect(await beside('Charlie')).toEqual(paths('Bravo', ''));

    const owner = await at.owner();
    const page = '/desk/knowledge-base/categories';
    expect(await owner.text(`${page}?id=${categoryId}`)).toContain('Move up: Charlie');
    const move = (title: string, direction: string) =>
      owner.post(`${page}/${categoryId}/order`, {
        articleId: String(made[title]?.articleId),
        direction,
      });
    for (let i = 0; i < 3; i++) expect((await move('Charlie', 'up')).status).toBe(303);
    await move('Charlie', 'up');
    await at.article('Aardvark', { categoryId });
    const list = await reader.text('/help/in-order');
    expect([...list.matchAll(/href="\/help\/in-order\/([\w-]+)"/g)].map(([, slug]) => slug)).toEqual([
      'charlie',
      'alpha',
      'bravo',
      'aardvark',
    ]);
    expect(await beside('Charlie')).toEqual(paths('', 'Alpha'));
    const elsewhere = await owner.post(`${page}/${at.categoryId}/order`, {
      articleId: String(made['Alpha']?.articleId),
      direction: 'up',
    });
    expect(elsewhere.status).toBe(404);
    const writer = await at.person('Will', ['knowledge-base.read', 'knowledge-base.write']);
    expect(
      (await writer.post(`${page}/${categoryId}/order`, { articleId: '1', direction: 'up' })).status,
    ).toBe(403);
  });

  it('marks what was searched for, and notes what was not found without saying by whom', async () => {
    await at.article('Frozen pipes', { written: { body: 'Thaw the <b>frozen</b> pipe slowly.' } });
    const html = await reader.text('/help/search?q=freezing+pipe');
    expect(html).toContain('/help/boilers/frozen-pipes?from&#x3D;search');
    expect(html).toMatch(/Frozen <mark>pipes<\/mark>|<mark>Frozen<\/mark> <mark>pipes<\/mark>/);
    expect(html).not.toContain('<b>frozen</b>');
    const none = await reader.text('/help/search?q=%3Cscript%3Ebicycle');
    expect(none).toContain('Nothing found');
    expect(none).not.toContain('<script>bicycle');
    await reader.get('/help/search?q=Bicycle ');
    await at.settled();
    const rows = await at.app.db('kb_searches').whereLike('phrase', '%bicycle%').orderBy('phrase');
    expect(rows).toMatchObject([
      { phrase: '<script>bicycle', results: 0, searches: 1 },
      { phrase: 'bicycle', results: 0, searches: 1 },
    ]);
    expect(Object.keys(rows[0] as object).toSorted()).toEqual([
      'day',
      'language',
      'phrase',
      'results',
      'searches',
    ]);
  });

  it('is rated once by a reader and version, and never by a link', async () => {
    const { path, textId } = await at.article('Rated');
    const votes = () => at.app.db('kb_feedback').where({ textId }).orderBy('id');
    await reader.get(`${path}?helpful=yes`);
    await reader.get(`${path}?rated=yes`);
    expect(await votes()).toEqual([]);
    const no = await reader.post(`${path}/helpful`, { helpful: 'no' });
    expect(no.headers.get('location')).toBe(`${path}?rated=no#helpful`);
    expect(await reader.text(`${path}?rated=no`)).toContain('What was missing?');
    await reader.post(`${path}/helpful`, { helpful: 'no', comment: 'The <pictures>' });
    await reader.post(`${path}/helpful`, { helpful: 'yes' });
    expect(await votes()).toMatchObject([{ isHelpful: 1, comment: 'The <pictures>', number: 1 }]);
    await at.customer('BBBBBBBBBBBBBBBBBBBBBB').post(`${path}/helpful`, { helpful: 'no' });
    expect(await votes()).toHaveLength(2);
    const nobody = at.customer('nonsense');
    await nobody.post(`${path}/helpful`, { helpful: 'no' });
    expect(await votes()).toHaveLength(2);
  });

  it('keeps a comment that is too long in the form', async () => {
    const { path } = await at.article('Long comment');
    const answer = await reader.post(`${path}/helpful`, { helpful: 'no', comment: 'x'.repeat(2001) });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('x'.repeat(2001));
    expect(html).toContain('id="f-comment-e"');
  });

  it('plays a film on a page of its own, which alone may load it', async () => {
    const address = 'https://youtu.be/abcdefghijk';
    const { path } = await at.article('A film', { written: { body: address } });
    const article = await reader.get(path);
    expect(article.headers.get('content-security-policy')).toContain("frame-src 'self'");
    expect(await article.text()).not.toContain('youtube-nocookie');
    const player = await reader.get(videoPath(at.app, address));
    const policy = player.headers.get('content-security-policy') ?? '';
    expect(policy).toContain('frame-src https://www.youtube-nocookie.com;');
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).toContain("default-src 'none'");
    expect(player.headers.get('x-frame-options')).toBe('SAMEORIGIN');
    const forged = `/help/video?u=${encodeURIComponent('https://youtu.be/bbbbbbbbbbb')}&k=x`;
    expect((await reader.get(forged)).status).toBe(404);
    expect((await reader.get('/help/video')).status).toBe(404);
  });

  it('counts views, but not those of browsers that only fetch ahead', async () => {
    const { path, textId } = await at.article('Counted');
    await reader.get(path);
    await reader.get(path, { 'sec-purpose': 'prefetch' });
    await at.settled();
    expect(await at.app.db('kb_views').where({ textId })).toMatchObject([{ views: 1, day: '2026-03-12' }]);
  });
});
