import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { answerTicket, keepUpload, typing } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addChat } from '../../plugins/web-chat/fake/drive-web-chat.js';
import { webChat } from '../../plugins/web-chat/index.js';
import { readWidget } from '../../plugins/web-chat/visit/widget-file.js';
import { hasChromium, launchChromium } from '../setup/chromium.js';
import { until } from '../setup/until.js';
import { startShop, type Shop } from './shop.js';

const languages = [
  {
    language: 'en',
    open: 'Open the chat',
    close: 'Close the chat',
    message: 'Message',
    send: 'Send',
    hello: 'Hello!',
  },
  {
    language: 'ru',
    open: 'Открыть чат',
    close: 'Закрыть чат',
    message: 'Сообщение',
    send: 'Отправить',
    hello: 'Здравствуйте!',
  },
] as const;

it('weighs at most 20 KB on the wire', () => {
  expect(gzipSync(readWidget(), { level: 3 }).length).toBeLessThan(20 * 1024);
});

describe.skipIf(!hasChromium)('the window on a page of another origin under a strict policy', () => {
  let desk: TestDesk;
  let shop: Shop;
  let browser: Browser;
  let key = '';
  let context: BrowserContext;
  const troubles: string[] = [];

  beforeAll(async () => {
    desk = await startTestDesk({
      realClock: true,
      works: true,
      config: { plugins: [webChat({}, { enabled: true })] },
    });
    shop = await startShop(() => ({ desk: desk.url, key }));
    ({ key } = await addChat(desk.app, { origin: shop.origin }));
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.stop();
    await desk?.close();
  });
  afterEach(async () => {
    await context?.close();
    expect(troubles.splice(0)).toEqual([]);
  });

  async function visit(
    options: { language?: string; attributes?: string } = {},
    width = 1280,
  ): Promise<Page> {
    context = await browser.newContext({ viewport: { width, height: 800 } });
    return openIn(context, options);
  }
  async function openIn(
    where: BrowserContext,
    options: { language?: string; attributes?: string },
  ): Promise<Page> {
    const page = await where.newPage();
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    await page.goto(shop.page(options));
    return page;
  }
  const axe = async (page: Page) =>
    (await new AxeBuilder({ page }).analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
  const ticketOf = async (text: string) =>
    until(
      async () =>
        (await desk.app.db('messages').where({ text }).first()) as
          | { ticketId: number; participants: string }
          | undefined,
    );
  async function reply(
    question: string,
    text: string,
    buttons: string[] = [],
    uploads: string[] = [],
  ): Promise<void> {
    const { ticketId } = await ticketOf(question);
    const identity: { value: string } | undefined = await desk.app
      .db('identities')
      .join('tickets', 'tickets.contactId', 'identities.contactId')
      .where('tickets.id', ticketId)
      .first('value');
    await answerTicket(desk.app, {
      ticketId,
      agentId: desk.owner.id,
      text,
      to: [{ name: '', kind: 'web-chat', value: identity?.value ?? '' }],
      buttons,
      uploads,
      actor: { kind: 'agent', id: desk.owner.id },
    });
  }

  async function write(page: Page, text: string): Promise<void> {
    const open = page.getByRole('button', { name: 'Open the chat', exact: true });
    await open.or(page.getByRole('dialog')).first().waitFor();
    if (await open.isVisible()) await open.click();
    await page.getByLabel('Message', { exact: true }).fill(text);
    await page.getByRole('button', { name: 'Send' }).click();
    await ticketOf(text);
  }
  const saidIn = async (page: Page): Promise<string[]> =>
    (await page.locator('.bubble').allTextContents()).slice(1).map((text) => text.replace(/^[^:]*: /, ''));

  it.each(languages)('is written in and answered by keyboard alone, $language', async (say) => {
    const page = await visit({ language: say.language });
    const button = page.getByRole('button', { name: say.open, exact: true });
    await button.waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await button.focus();
    await page.keyboard.press('Enter');
    await page.getByText(say.hello).waitFor();
    await page.keyboard.type(`question in ${say.language}`);
    await page.keyboard.press('Enter');
    await reply(`question in ${say.language}`, 'See **https://shop.example/a?b=1**.', ['Да', 'Нет']);
    const link = page.getByRole('link', { name: 'https://shop.example/a?b=1' });
    await link.waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Да', exact: true }).press('Enter');
    await ticketOf('Да');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className)).toBe(
      'launch',
    );
    expect(await axe(page)).toEqual([]);
  });

  it('keeps what was said over a reload, in both tabs, and counts what is new while it is closed', async () => {
    const page = await visit();
    await write(page, 'first question');
    const other = await openIn(context, {});
    await other.getByRole('button', { name: 'Open the chat', exact: true }).click();
    await other.getByText('first question').waitFor();
    await reply('first question', 'first answer');
    await Promise.all([page, other].map((tab) => tab.getByText('first answer').waitFor()));
    await write(other, 'second question');
    await page.getByText('second question').waitFor();
    await page.keyboard.press('Escape');
    await other.close();
    await page.reload();
    await page.getByRole('button', { name: 'Open the chat', exact: true }).waitFor();
    // Nothing opens by itself.
    expect(await page.getByRole('dialog').count()).toBe(0);
    await reply('second question', 'second answer');
    await page.getByRole('button', { name: 'Open the chat. New messages: 1' }).click();
    await page.getByText('second answer').waitFor();
    expect(await saidIn(page)).toEqual([
      'first question',
      'first answer',
      'second question',
      'second answer',
    ]);
    const unseen = async () =>
      (
        await desk.app
          .db('web_chat_lines')
          .where({ kind: 'out' })
          .whereNull('seenAt')
          .where('text', 'second answer')
      ).length;
    await expect.poll(unseen).toBe(0);
    await page.reload();
    await page.getByRole('button', { name: 'Open the chat', exact: true }).waitFor();
  });

  it('is a form of full width on a phone while nobody is there, in the dark and with less motion', async () => {
    const chat = await addChat(desk.app, { origin: shop.origin, config: { open: 'agents' } });
    const before = key;
    key = chat.key;
    await desk.app.database.writer('agents').update({ lastSeenAt: null });
    context = await browser.newContext({
      viewport: { width: 390, height: 800 },
      colorScheme: 'dark',
      reducedMotion: 'reduce',
    });
    const page = await openIn(context, { language: 'ru' });
    key = before;
    await page.getByRole('button', { name: 'Открыть чат' }).click();
    const box = await page.getByRole('dialog').boundingBox();
    expect([box?.x, box?.width]).toEqual([0, 390]);
    await page.getByLabel('Сообщение', { exact: true }).fill('есть ли доставка');
    await page.getByRole('textbox', { name: 'Почта' }).fill('anna');
    await page.getByRole('button', { name: 'Отправить' }).click();
    await page.getByText('Это не адрес почты').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.getByLabel('Сообщение', { exact: true }).inputValue()).toBe('есть ли доставка');
    await page.getByRole('textbox', { name: 'Почта' }).fill('anna@client.example');
    await page.getByRole('textbox', { name: 'Почта' }).press('Enter');
    await page.getByText('Спасибо. Ответим на anna@client.example.').waitFor();
    await ticketOf('есть ли доставка');
    expect(await axe(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  it('sends files with and without words, draws pictures under a policy that forbids them, by keyboard', async () => {
    const page = await visit();
    await write(page, 'here is the valve');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Attach a file' }).press('Enter');
    const pixel =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
    await (
      await chooser
    ).setFiles([
      { name: 'valve.png', mimeType: 'image/png', buffer: Buffer.from(pixel, 'base64') },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('cold since Monday') },
      { name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    ]);
    await page.getByText('The file “nothing.txt” is empty.').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove notes.txt' }).press('Enter');
    await page.keyboard.press('Enter');
    await page.getByRole('img', { name: 'valve.png' }).waitFor();
    expect(await page.getByRole('list', { name: 'Files of the message' }).count()).toBe(0);
    const { ticketId } = await ticketOf('here is the valve');
    const rows = () =>
      desk.app
        .db('attachments')
        .join('messages', 'messages.id', 'attachments.messageId')
        .where({ ticketId })
        .select('filename', 'text');
    await expect.poll(rows).toEqual([{ filename: 'valve.png', text: '' }]);
    const upload = { filename: 'bill.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-1.4') };
    const sealed = await keepUpload(desk.app, { agentId: desk.owner.id, ...upload });
    await reply('here is the valve', 'your bill', [], [sealed]);
    const saved = page.waitForEvent('download');
    await page.getByRole('link', { name: /bill\.pdf/ }).click();
    expect((await saved).suggestedFilename()).toBe('bill.pdf');
    expect(await axe(page)).toEqual([]);
    await page.reload();
    await page.getByRole('button', { name: 'Open the chat', exact: true }).click();
    await page.getByRole('img', { name: 'valve.png' }).waitFor();
  });

  it('says that the team is typing, and stops when the answer is there', async () => {
    const page = await visit();
    await write(page, 'who is there?');
    await page.getByText('who is there?').waitFor();
    const { ticketId } = await ticketOf('who is there?');
    const status = page.getByText('Support is typing…');
    typing(desk.app).note(ticketId, 'agent', desk.app.now());
    await status.waitFor();
    expect(await axe(page)).toEqual([]);
    await reply('who is there?', 'it is Olga');
    await page.getByText('it is Olga').waitFor();
    await expect.poll(() => status.count()).toBe(0);
    await page.getByLabel('Message', { exact: true }).pressSequentially('and');
    await expect.poll(() => typing(desk.app).isTyping(ticketId, 'contact', desk.app.now())).toBe(true);
  });

  it('shows hostile words as words', async () => {
    const page = await visit();
    await write(page, '<img src=x onerror=alert(1)> https://a.example/"onmouseover="x');
    await reply(
      '<img src=x onerror=alert(1)> https://a.example/"onmouseover="x',
      '<script>alert(2)</script> [x](javascript:alert(3))',
    );
    await page.getByText('<script>alert(2)</script>').waitFor();
    expect(await page.locator('.log img, .log script').count()).toBe(0);
    expect(
      await page.locator('.log a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))),
    ).toEqual(['https://a.example/']);
  });

  it('does not appear on a site that was not named', async () => {
    const stranger = await startShop(() => ({ desk: desk.url, key }));
    context = await browser.newContext();
    const page = await context.newPage();
    const refused = page.waitForEvent('requestfailed');
    await page.goto(stranger.page({}));
    await refused;
    expect(await page.locator('[data-helpdesk-chat]').count()).toBe(0);
    await stranger.stop();
  });
});
