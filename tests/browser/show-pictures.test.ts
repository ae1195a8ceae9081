import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerTicket, keepRaw } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { desk as deskPlugin } from '@helpdesk/plugin-desk';
import { email } from '@helpdesk/plugin-email';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addTestMailbox } from '../faults/test-mailbox.js';
import { hasChromium, launchChromium } from '../setup/chromium.js';
import { startSmtpSink, type SmtpSink } from '../setup/smtp-sink.js';
import { until } from '../setup/until.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const outside = vi.hoisted(() => ({ port: 0 }));
vi.mock('../../plugins/desk/ticket/pictures/picture-net.js', () => ({
  publicNet: {
    timeoutMs: 20_000,
    resolve: async () => ['127.0.0.1'],
    allows: (_: string, port: number) => port === outside.port,
  },
}));

const languages = [
  { language: 'en', show: 'Show pictures', hide: 'Hide pictures' },
  { language: 'ru', show: 'Показать картинки', hide: 'Скрыть картинки' },
] as const;

describe.skipIf(!hasChromium).each(languages)('a letter with pictures in a browser, $language', (say) => {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, answer) => {
    asked.push(request.headers['user-agent']);
    answer.writeHead(200, { 'Content-Type': 'image/png' }).end(PNG);
  });
  let desk: TestDesk;
  let sink: SmtpSink;
  let browser: Browser;
  let ticketId: number;

  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    outside.port = (server.address() as AddressInfo).port;
    sink = await startSmtpSink();
    desk = await startTestDesk({
      language: say.language,
      realClock: true,
      config: { plugins: [deskPlugin(), email()] },
    });
    const account = await addTestMailbox(desk.app, sink.port);
    const picture = `http://pictures.example:${outside.port}/a.png`;
    await keepRaw(desk.app, {
      account: { id: account, channel: 'email' },
      externalId: 'a letter',
      raw: Buffer.from(
        [
          'Message-ID: <a@client.example>',
          'From: Carla <carla@client.example>',
          'To: support@desk.example',
          'Subject: Sale',
          'Content-Type: text/html; charset=utf-8',
          '',
          `<h1>Sale!</h1><p><b>Look</b> here</p><img id="x" src="${picture}" width="40" height="40" alt="Shoes"><script>parent.broken = 1</script>`,
        ].join('\r\n'),
      ),
    });
    await desk.drain();
    ticketId = (await desk.app.db('tickets').first('id')).id;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
    await sink?.stop();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  async function open(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${desk.url}/desk/inbox`);
    await page.fill('input[name=email]', desk.owner.email);
    await page.fill('input[name=password]', desk.owner.password);
    await page.click('button[type=submit]');
    await page.goto(`${desk.url}/desk/tickets/${ticketId}`);
    return page;
  }
  const frameOf = (page: Page): Promise<Frame> =>
    until(async () => page.frames().find((frame) => frame.url().includes('/body')));
  const isDrawn = (page: Page) =>
    page
      .frameLocator('.msg-frame')
      .locator('img')
      .evaluate((img: HTMLImageElement) => img.naturalWidth > 0);

  it.each([true, false])(
    'shows them when asked, by the desk alone; scripts on: %s',
    async (javaScriptEnabled) => {
      asked.length = 0;
      const context = await browser.newContext({ locale: say.language, javaScriptEnabled });
      const requests: string[] = [];
      context.on('request', (request) => requests.push(request.url()));
      const page = await open(context);
      await page.fill('#body', 'half an answer');
      const frame = page.frameLocator('.msg-frame');
      await frame.getByRole('link', { name: say.show }).waitFor();
      expect(asked).toEqual([]);
      await frame.getByRole('link', { name: say.show }).click();
      await frame.getByRole('link', { name: say.hide }).waitFor();
      await frame.locator('img').waitFor();
      await until(() => isDrawn(page).catch(() => false));
      expect(asked).toEqual(['Mozilla/5.0']);
      expect(requests.filter((url) => !url.startsWith(desk.url))).toEqual([]);
      expect(await page.inputValue('#body')).toBe('half an answer');
      expect((await frameOf(page)).url()).toContain('?pictures=1');
      await frame.getByRole('link', { name: say.hide }).click();
      await frame.getByRole('link', { name: say.show }).waitFor();
      await context.close();
    },
  );

  it('shows the letter quoted below our answer as its receiver sees it', async () => {
    const agentId = desk.owner.id;
    await answerTicket(desk.app, {
      ticketId,
      agentId,
      text: 'We have **many**.',
      to: [{ name: 'Carla', kind: 'email', value: 'carla@client.example' }],
      actor: { kind: 'agent', id: agentId },
    });
    const row = await desk.app.db('messages').where({ ticketId, kind: 'outgoing' }).first();
    const { quote } = JSON.parse(row.frozen) as { quote: { html: string } };
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.setContent(`<p>We have many.</p>${quote.html}`);
    expect(await page.textContent('blockquote h1')).toBe('Sale!');
    expect(await page.textContent('blockquote')).toContain('[Shoes]');
    expect(requests.filter((url) => url.startsWith('http'))).toEqual([]);
    await page.close();
  });
});
