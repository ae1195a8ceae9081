import { AxeBuilder } from '@axe-core/playwright';
import { addAccount, createContact, receiveMessage } from '@helpdesk/core';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishText } from '../../plugins/knowledge-base/articles/publish-text.js';
import { saveArticle } from '../../plugins/knowledge-base/articles/save-article.js';
import { keepSearch } from '../../plugins/knowledge-base/search/note-search.js';
import { writeSample } from '../../plugins/knowledge-base/sample/sample-command.js';
import { hasChromium, launchChromium } from '../setup/chromium.js';
import { makePost, type Post } from '../surveys/post-plugin.js';
import { startKbDesk, system, type KbDesk } from './kb-desk.js';

const DESK = '/desk/knowledge-base';
const pages = [
  '/help',
  '/help/thermostats',
  'article',
  'article?rated=no',
  'article?lang=ru',
  '/help?lang=ru',
  '/help/search?q=thermostat',
  '/help/search?q=bicycle',
  DESK,
  `${DESK}?q=nothing`,
  `${DESK}/articles/1?lang=en`,
  `${DESK}/articles/1/edit?lang=en`,
  `${DESK}/new?lang=ru`,
  `${DESK}/articles/1/versions?lang=en`,
  `${DESK}/categories`,
  `${DESK}/categories?id=2`,
  `${DESK}/report`,
  `${DESK}/tickets/1?q=return`,
  '/desk/tickets/1',
];

describe.skipIf(!hasChromium)('pages of articles for everybody', () => {
  let at: KbDesk;
  let post: Post;
  let browser: Browser;
  let token: string;
  let article: string;

  beforeAll(async () => {
    post = await makePost();
    at = await startKbDesk({ language: 'en', plugins: [post.plugin] });
    await writeSample(at.app, at.agentId);
    await change();
    const row: { slug: string } = await at.app
      .db('kb_texts')
      .where({ articleId: 1, language: 'en' })
      .first('slug');
    article = `/help/thermostats/${row.slug}`;
    const reader = at.customer();
    await reader.get(`${article}?from=search`);
    await reader.post(`${article}/helpful`, {
      helpful: 'no',
      comment: 'Where is the port on the older model?',
    });
    await keepSearch(at.app, { query: 'underfloor heating', language: 'en', results: 0 });
    await ticket();
    token = await at.ownerToken();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await at?.close();
    await post?.close();
  });

  /** The Russian original is published anew: the English text is outdated, and has a second version. */
  async function change() {
    const input = { articleId: 1, agentId: at.agentId, actor: system, note: 'A film' };
    for (const language of ['ru', 'en'] as const) {
      const text = await at.app.db('kb_texts').where({ articleId: 1, language }).first();
      const body = `${text.body}\n\nhttps://youtu.be/abcdefghijk\n`;
      const saved = await saveArticle(at.app, {
        ...input,
        language,
        categoryId: (await at.app.db('kb_articles').where({ id: 1 }).first()).categoryId,
        visibility: 'public',
        written: { title: text.title, summary: text.summary, body },
        slug: '',
        madeFrom: language === 'en' ? 1 : null,
        expectedVersion: text.version,
      });
      await publishText(at.app, { ...input, language, expectedVersion: saved.version });
    }
  }

  async function ticket() {
    const contactId = await createContact(at.app, {
      name: 'Ann',
      identities: [{ kind: 'email', value: 'ann@client.example' }],
      actor: system,
    });
    const made = { channel: 'mail', lineId: 1, name: 'mail', address: 'help@mail.example', config: {} };
    const id = await addAccount(at.app, { ...made, actor: system });
    await receiveMessage(at.app, {
      account: { id, channel: 'mail', lineId: 1 },
      from: { contactId },
      ticketId: null,
      message: {
        externalId: '<1@client.example>',
        fingerprint: '1',
        writtenAt: null,
        subject: 'Thermostat loses the boiler',
        text: 'After the firmware update to 2.4 the thermostat cannot see the boiler. Can I roll it back?',
        quote: '',
        html: null,
        htmlVersion: null,
        participants: {},
        attachments: [],
        auto: null,
        flags: [],
      },
      evidence: [],
    });
  }

  async function open(path: string, options: BrowserContextOptions) {
    const context = await browser.newContext(options);
    const url = at.desk.url;
    await context.addCookies([{ name: 'hd', value: token, url }]);
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    page.on('request', (request) => request.url().startsWith(url) || troubles.push(`asked ${request.url()}`));
    const status = (await page.goto(url + path.replace(/^article/, article)))?.status();
    return { context, page, troubles, status };
  }

  it.each(
    pages.flatMap((path) => (['light', 'dark'] as const).map((colorScheme) => ({ path, colorScheme }))),
  )(
    '$path, $colorScheme: nothing for axe to find, nothing wider than a phone, nothing asked of others',
    async ({ path, colorScheme }) => {
      const { context, page, troubles, status } = await open(path, {
        viewport: { width: 1440, height: 1000 },
        colorScheme,
      });
      expect(status).toBe(200);
      const found = await new AxeBuilder({ page }).options({ iframes: false }).analyze();
      expect(
        found.violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
        ),
      ).toEqual([]);
      const pictures = process.env['HELPDESK_TEST_PICTURES'];
      const file = path.replaceAll(/\W+/g, '-');
      if (pictures) await page.screenshot({ path: `${pictures}/${file}-${colorScheme}.png`, fullPage: true });
      await page.setViewportSize({ width: 360, height: 780 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      if (pictures)
        await page.screenshot({ path: `${pictures}/${file}-${colorScheme}-360.png`, fullPage: true });
      expect(troubles).toEqual([]);
      await context.close();
    },
  );

  it('the address of an article is copied, and on a phone its contents stand before the text', async () => {
    const { context, page } = await open('article', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('The link is copied.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(at.app.company.url + article);
    await page.setViewportSize({ width: 390, height: 780 });
    const contents = page.locator('details', { hasText: 'On this page' });
    await contents.locator('summary').click();
    await contents.getByRole('link', { name: 'Step by step' }).click();
    expect(new URL(page.url()).hash).toBe('#p-step-by-step');
    await page.getByRole('complementary').getByText('Related articles').waitFor();
    await context.close();
  });

  it('on paper there is the article alone', async () => {
    const { context, page } = await open('article', {});
    await page.emulateMedia({ media: 'print' });
    const pictures = process.env['HELPDESK_TEST_PICTURES'];
    if (pictures) await page.screenshot({ path: `${pictures}/article-print.png`, fullPage: true });
    expect(await page.getByText('Keep the boiler powered.').isVisible()).toBe(true);
    for (const name of ['Was this helpful?', 'Related articles', 'Previous', 'Next', 'Copy link', 'Русский'])
      expect([name, await page.getByText(name, { exact: true }).first().isVisible()]).toEqual([name, false]);
    for (const role of ['search', 'navigation', 'complementary'] as const)
      expect([role, await page.getByRole(role).count()]).toEqual([role, 0]);
    await context.close();
  });

  it('a film is asked for after a click alone, in a frame that may load nothing else', async () => {
    const { context, page, troubles } = await open('article', {});
    await context.route(/youtube/, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<p>Film</p>' }),
    );
    const card = page.getByRole('link', { name: /YouTube/ });
    await card.waitFor();
    expect(troubles).toEqual([]);
    await card.click();
    await page.frameLocator('iframe').frameLocator('iframe').getByText('Film').waitFor();
    expect(troubles).toEqual(['asked https://www.youtube-nocookie.com/embed/abcdefghijk']);
    await context.close();
  });

  it('an article goes into the answer where the cursor is; a search changes the list alone', async () => {
    const { context, page } = await open('/desk/tickets/1', {});
    await page.locator('#body').fill('Hello Ann!  Best');
    await page.locator('#body').evaluate((text) => (text as HTMLTextAreaElement).setSelectionRange(11, 11));
    await page.getByRole('button', { name: 'Insert link: Roll the TD-120' }).click();
    expect(await page.locator('#body').inputValue()).toMatch(
      /^Hello Ann! Roll the TD-120 firmware back to 2\.3\.7: http\S+\/help\/thermostats\/roll-the-td-120-firmware-back-to-2-3-7 {2}Best$/,
    );
    await page.getByPlaceholder('Search the articles').fill('exchange');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Insert text: Return or exchange' }).click();
    expect(await page.locator('#body').inputValue()).toContain('## Return by courier');
    await context.close();
  });

  it('without JavaScript what was typed comes along, and the article is behind it', async () => {
    const { context, page } = await open('/desk/tickets/1', { javaScriptEnabled: false });
    await page.locator('#body').fill('Hello Ann!');
    await page.getByRole('button', { name: 'Insert link: Roll the TD-120' }).click();
    await page.waitForURL(/tickets\/1#composer$/);
    expect(await page.locator('#body').inputValue()).toMatch(/^Hello Ann!\n\nRoll the TD-120 firmware/);
    await context.close();
  });
});
