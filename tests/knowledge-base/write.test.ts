import { testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishText, restoreVersion } from '../../plugins/knowledge-base/articles/publish-text.js';
import type { TextRecord } from '../../plugins/knowledge-base/articles/article.js';
import { saveCategory } from '../../plugins/knowledge-base/categories/save-category.js';
import { startKbDesk, system, type KbDesk, type Visit } from './kb-desk.js';

const BASE = '/desk/knowledge-base';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe.each(testEngines)('writing articles on %s', (engine) => {
  let at: KbDesk;
  let owner: Visit;
  let writer: Visit;
  let stranger: Visit;
  let text: (articleId: number, language?: string) => Promise<TextRecord>;
  beforeAll(async () => {
    at = await startKbDesk({ engine });
    owner = await at.owner();
    writer = await at.person('Wanda', ['knowledge-base.read', 'knowledge-base.write']);
    stranger = await at.person('Stan', ['tickets.read']);
    text = (articleId, language = 'en') => at.app.db('kb_texts').where({ articleId, language }).first();
  });
  afterAll(() => at?.close());

  const fields = (more: Readonly<Record<string, string>> = {}) => ({
    language: 'en',
    title: 'A title',
    summary: '',
    body: 'Words',
    categoryId: String(at.categoryId),
    visibility: 'public',
    version: '0',
    ...more,
  });
  const idIn = (answer: Response) =>
    Number(/articles\/(\d+)/.exec(answer.headers.get('location') ?? '')?.[1]);

  it('is a draft first, published when somebody says so, and changed beside what is published', async () => {
    const made = await writer.post(`${BASE}/new`, fields({ title: 'Draft then public' }));
    const articleId = idIn(made);
    const path = '/help/boilers/draft-then-public';
    expect((await at.customer().get(path)).status).toBe(404);
    await owner.post(
      `${BASE}/articles/${articleId}/edit`,
      fields({ title: 'Draft then public', version: '1', do: 'publish', note: 'First' }),
    );
    expect(await at.customer().text(path)).toContain('Words');
    await writer.post(
      `${BASE}/articles/${articleId}/edit`,
      fields({ title: 'Changed title', body: 'Other words', version: '3' }),
    );
    expect(await at.customer().text(path)).not.toContain('Other words');
    expect(await writer.text(`${BASE}?state=changed`)).toContain('Changed title');
    await owner.post(
      `${BASE}/articles/${articleId}/edit`,
      fields({ title: 'Changed title', body: 'Other words', version: '4', do: 'publish' }),
    );
    expect(await at.customer().text(path)).toContain('Other words');
    const versions = await at.app
      .db('kb_versions')
      .where({ textId: (await text(articleId)).id })
      .orderBy('number');
    expect(versions).toMatchObject([
      { number: 1, title: 'Draft then public', note: 'First', authorId: at.agentId },
      { number: 2, title: 'Changed title' },
    ]);
    const events = await at.app
      .db('events')
      .whereLike('name', 'knowledge-base.%')
      .orderBy('id')
      .pluck('payload');
    expect(events.join()).not.toMatch(/Words|title/);
  });

  it('overwrites nobody: what was typed comes back, what was saved stays', async () => {
    const { articleId } = await at.article('Both write', { isDraft: true });
    await owner.post(`${BASE}/articles/${articleId}/edit`, fields({ body: 'Hers', version: '1' }));
    const late = await writer.post(
      `${BASE}/articles/${articleId}/edit`,
      fields({ body: 'Mine', version: '1' }),
    );
    expect(late.status).toBe(409);
    const html = await late.text();
    expect(html).toContain('Mine');
    expect(html).toContain('Somebody else has saved this');
    expect((await text(articleId)).body).toBe('Hers');
    await expect(
      publishText(at.app, {
        articleId,
        language: 'en',
        expectedVersion: 1,
        note: '',
        agentId: at.agentId,
        actor: system,
      }),
    ).rejects.toThrow();
  });

  it('says at the field what is wrong, and keeps the rest', async () => {
    const wrong = await writer.post(
      `${BASE}/new`,
      fields({ title: '', body: 'Keep <me>', slug: 'Нет', categoryId: '999999' }),
    );
    expect(wrong.status).toBe(422);
    const html = await wrong.text();
    expect(html).toContain('Keep &lt;me&gt;');
    expect(html).toContain('id="f-title-e"');
    expect(html).toContain('id="f-slug-e"');
    const nowhere = await writer.post(`${BASE}/new`, fields({ categoryId: '999999' }));
    expect(await nowhere.text()).toContain('Choose a category.');
    await at.article('Taken', { slug: 'taken' });
    const taken = await writer.post(`${BASE}/new`, fields({ slug: 'taken' }));
    expect(taken.status).toBe(422);
    expect(await taken.text()).toContain('This address is taken.');
    expect((await writer.post(`${BASE}/new`, fields({ slug: 'search' }))).status).toBe(422);
  });

  it('brings an old version back as a new one, and loses nothing in between', async () => {
    const { articleId, path } = await at.article('Restored', { written: { body: 'One\nTwo' } });
    const input = { articleId, language: 'en', agentId: at.agentId, actor: system } as const;
    await owner.post(
      `${BASE}/articles/${articleId}/edit`,
      fields({ title: 'Restored', body: 'One\nThree', version: '2', do: 'publish' }),
    );
    const page = await owner.text(`${BASE}/articles/${articleId}/versions?lang=en`);
    expect(page).toMatch(/kb-removed"><span class="sr">Removed: <\/span>Two/);
    expect(page).toMatch(/kb-added"><span class="sr">Added: <\/span>Three/);
    const restore = (version: number) =>
      owner.post(`${BASE}/articles/${articleId}/restore`, {
        language: 'en',
        number: '1',
        version: String(version),
      });
    const { version } = await text(articleId);
    const draft = fields({ title: 'Restored', body: 'A draft of a colleague', version: String(version) });
    await owner.post(`${BASE}/articles/${articleId}/edit`, draft);
    expect((await restore(version)).status).toBe(409);
    expect((await text(articleId)).body).toBe('A draft of a colleague');
    const warned = await owner.text(`${BASE}/articles/${articleId}/versions?lang=en&version=1`);
    expect(warned).toContain('The draft that was begun is replaced too.');
    expect((await restore(version + 1)).status).toBe(303);
    expect(await at.customer().text(path)).toContain('Two');
    const { id, body, publishedNumber } = await text(articleId);
    expect([body, publishedNumber]).toEqual(['One\nTwo', 3]);
    const kept = await at.app.db('kb_versions').where({ textId: id }).orderBy('number').pluck('body');
    expect(kept).toEqual(['One\nTwo', 'One\nThree', 'One\nTwo']);
    await expect(
      restoreVersion(at.app, {
        ...input,
        number: 9,
        note: '',
        expectedVersion: (await text(articleId)).version,
      }),
    ).rejects.toThrow();
  });

  it('marks a translation when its original was published anew, until somebody says that it is the same', async () => {
    const { articleId } = await at.article('Original');
    await at.article('Перевод', { articleId, language: 'ru', madeFrom: 1 });
    const { articleId: aloneId } = await at.article('Nobody has translated this');
    const alone = await owner.text(`${BASE}?alone=1`);
    expect(alone).toContain(`articles/${aloneId}?`);
    expect(alone).not.toContain(`articles/${articleId}?`);
    const outdated = async () => (await owner.text(`${BASE}?outdated=1`)).includes('Перевод');
    expect(await outdated()).toBe(false);
    await owner.post(
      `${BASE}/articles/${articleId}/edit`,
      fields({ title: 'Original', version: '2', do: 'publish' }),
    );
    expect(await outdated()).toBe(true);
    const russian = { language: 'ru', title: 'Перевод', body: 'Слова', original: '2' };
    await owner.post(
      `${BASE}/articles/${articleId}/edit?lang=ru`,
      fields({ ...russian, version: '2', do: 'publish' }),
    );
    expect(await outdated()).toBe(true);
    await owner.post(
      `${BASE}/articles/${articleId}/edit?lang=ru`,
      fields({ ...russian, version: '4', isCurrent: 'true', do: 'publish' }),
    );
    expect(await outdated()).toBe(false);
  });

  it('lets nobody do more than they may', async () => {
    const { articleId } = await at.article('Guarded');
    const place = `${BASE}/articles/${articleId}`;
    for (const path of [BASE, place, `${place}/edit`, `${BASE}/report`, `${BASE}/new`])
      expect([path, (await stranger.get(path)).status]).toEqual([path, 403]);
    expect((await writer.post(`${place}/edit`, fields({ version: '2', do: 'publish' }))).status).toBe(403);
    for (const what of ['withdraw', 'archive', 'restore'])
      expect(
        (await writer.post(`${place}/${what}`, { language: 'en', isArchived: 'yes', number: '1' })).status,
      ).toBe(403);
    expect((await writer.get(`${BASE}/categories`)).status).toBe(403);
    // Who reads what is published is decided by those who publish.
    await writer.post(
      `${place}/edit`,
      fields({ title: 'Guarded', visibility: 'agents', slug: 'elsewhere', version: '2' }),
    );
    expect(await at.app.db('kb_articles').where({ id: articleId }).first()).toMatchObject({
      visibility: 'public',
    });
    expect((await text(articleId)).slug).toBe('guarded');
    expect((await owner.get(`${BASE}/articles/999999`)).status).toBe(404);
    expect((await owner.get(`${BASE}/articles/x`)).status).toBe(404);
  });

  it('shows a preview without saving', async () => {
    const shown = await writer.post(
      `${BASE}/new`,
      fields({ title: 'Only a look', body: '## Part\n\n<script>', do: 'preview' }),
    );
    const html = await shown.text();
    expect(html).toContain('<h2 id="p-part">Part</h2>');
    expect(html).toContain('&lt;script&gt;');
    expect(await at.app.db('kb_texts').where({ title: 'Only a look' })).toEqual([]);
  });

  it('takes images by what is in them, and shows them to who may read the article', async () => {
    const send = (content: Buffer, name: string) => {
      const form = new FormData();
      for (const [key, value] of Object.entries(fields({ body: 'Before', alt: 'A [port]', do: 'image' })))
        form.append(key, value);
      form.append('image', new Blob([new Uint8Array(content)], { type: 'image/png' }), name);
      return writer.send(`${BASE}/new`, form);
    };
    const html = await (await send(png, 'a.html')).text();
    const address = /\/help\/images\/[0-9a-f]{64}\.png/.exec(html)?.[0] ?? '';
    expect(html).toContain(`Before\n\n![A  port ](${address})`.replace('A  port ', 'A  port'));
    expect((await send(Buffer.from('<svg onload=alert(1)>'), 'a.png')).status).toBe(422);
    expect((await send(Buffer.concat([png, Buffer.alloc(5 * 1024 * 1024)]), 'a.png')).status).toBe(422);
    expect((await at.customer().get(address)).status).toBe(404);
    const desk = address.replace('/help', BASE);
    expect((await owner.get(desk)).headers.get('content-type')).toBe('image/png');
    expect((await stranger.get(desk)).status).toBe(403);
    const { articleId } = await at.article('With a port', {
      visibility: 'agents',
      written: { body: `![Port](${address})` },
    });
    expect((await at.customer().get(address)).status).toBe(404);
    await owner.post(
      `${BASE}/articles/${articleId}/edit`,
      fields({ title: 'With a port', body: `![Port](${address})`, version: '2', place: '1', do: 'publish' }),
    );
    const shown = await at.customer().get(address);
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(png);
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await at.customer().get(address.replace('.png', '.html'))).status).toBe(404);
    expect((await at.customer().get('/help/images/..%2f..%2fsecret.key')).status).toBe(404);
  });

  it('keeps categories in two levels, in an order, and none is removed that is not empty', async () => {
    const save = (more: Readonly<Record<string, string>>) =>
      owner.post(`${BASE}/categories`, { nameRu: '', nameEn: '', slug: '', parentId: '', ...more });
    await save({ nameEn: 'Below', parentId: String(at.categoryId) });
    await save({ nameRu: 'Ещё одна' });
    const named = async () => at.app.db('kb_categories').orderBy('position').select('id', 'slug', 'parentId');
    const [, below, other] = await named();
    expect([below, other]).toMatchObject([
      { slug: 'below', parentId: at.categoryId },
      { slug: 'esche-odna' },
    ]);
    expect((await save({ nameEn: 'Third level', parentId: String(below?.id) })).status).toBe(422);
    expect((await save({})).status).toBe(422);
    expect((await save({ id: String(at.categoryId), nameEn: 'Boilers', version: '9' })).status).toBe(409);
    await owner.post(`${BASE}/categories/${other?.id}/move`, { direction: 'up' });
    expect((await named()).filter(({ parentId }) => parentId === null).map(({ slug }) => slug)).toEqual([
      'esche-odna',
      'boilers',
    ]);
    await owner.post(`${BASE}/categories/${at.categoryId}/remove`);
    await owner.post(`${BASE}/categories/${other?.id}/remove`);
    expect((await named()).map(({ slug }) => slug)).toEqual(
      ['boilers', 'below'].toSorted((a, b) => (a < b ? 1 : -1)).toSorted(),
    );
  });

  it('takes a text offline and brings an archived article back', async () => {
    const { articleId, path } = await at.article('Withdrawn');
    const place = `${BASE}/articles/${articleId}`;
    await owner.post(`${place}/withdraw`, { language: 'en' });
    expect((await at.customer().get(path)).status).toBe(404);
    await owner.post(`${place}/edit`, fields({ title: 'Withdrawn', version: '3', do: 'publish' }));
    expect((await text(articleId)).publishedNumber).toBe(2);
    await owner.post(`${place}/archive`, { isArchived: 'yes' });
    expect((await at.customer().get(path)).status).toBe(404);
    expect(await owner.text(`${BASE}?state=archived`)).toContain('Withdrawn');
    await owner.post(`${place}/archive`, { isArchived: 'no' });
    expect((await at.customer().get(path)).status).toBe(200);
  });

  it('moves nothing back: category and visibility that somebody else has changed come to light', async () => {
    const { articleId } = await at.article('Both move', { isDraft: true });
    await at.article('Обе переносят', { articleId, language: 'ru', isDraft: true });
    const place = `${BASE}/articles/${articleId}/edit`;
    const parentId = null;
    const categoryId = await saveCategory(at.app, {
      parentId,
      nameRu: 'Новая',
      nameEn: 'New home',
      slug: '',
    });
    const hidden = { categoryId: String(categoryId), visibility: 'agents' };
    await owner.post(place, fields({ title: 'Both move', version: '1', place: '1', ...hidden }));
    const stands = () => at.app.db('kb_articles').where({ id: articleId }).first();
    expect(await stands()).toMatchObject({ categoryId, visibility: 'agents', version: 2 });
    const russian = { language: 'ru', title: 'Обе переносят', body: 'Набрано <тут>', version: '1' };
    const late = await writer.post(place, fields({ ...russian, place: '1' }));
    expect(late.status).toBe(409);
    const html = await late.text();
    expect(html).toContain('Somebody else has moved this article');
    expect(html).toContain('Набрано &lt;тут&gt;');
    expect(html).toContain(`<option value="${categoryId}" selected`);
    expect(html).toContain('<option value="agents" selected');
    expect(await stands()).toMatchObject({ categoryId, visibility: 'agents', version: 2 });
    expect((await text(articleId, 'ru')).version).toBe(1);
    const seen = /name="place" value="(\d+)"/.exec(html)?.[1] ?? '';
    expect((await writer.post(place, fields({ ...russian, ...hidden, place: seen }))).status).toBe(303);
    expect((await text(articleId, 'ru')).body).toBe('Набрано <тут>');
    expect(await stands()).toMatchObject({ categoryId, visibility: 'agents', version: 2 });
  });
});
