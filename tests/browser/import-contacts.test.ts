import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { signIn } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { desk as deskPlugin } from '@helpdesk/plugin-desk';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../setup/chromium.js';

const people = [
  'Имя;E-mail;Телефон;Организация;Заметка',
  'Иван Петров;ivan@client.example;8 912 000-00-01;Север;позвонить',
  'Анна;anna@client.example;;Север;',
  `Кто-то;${'очень-длинный-адрес'.repeat(5)};7,9E+10;;`,
].join('\r\n');

describe.skipIf(!hasChromium)('taking contacts in from a file', () => {
  let desk: TestDesk;
  let browser: Browser;
  let context: BrowserContext;
  let folder: string;
  beforeAll(async () => {
    browser = await launchChromium();
    folder = await mkdtemp(join(tmpdir(), 'helpdesk-csv-'));
    await writeFile(join(folder, 'люди.csv'), people);
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    desk = await startTestDesk({ config: { plugins: [deskPlugin()] }, language: 'ru' });
  });
  afterEach(async () => {
    await context?.close();
    await desk.close();
  });

  async function open(options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const signed = await signIn(desk.app, { ...desk.owner, ip: '127.0.0.1', device: 'test' });
    await context.addCookies([{ name: 'hd', value: signed.ok ? signed.token : '', url: desk.url }]);
    const page = await context.newPage();
    await page.goto(`${desk.url}/desk/contacts`);
    await page.getByRole('link', { name: 'Загрузить' }).click();
    return page;
  }
  const choose = async (page: Page) => {
    await page.getByLabel('Файл', { exact: true }).setInputFiles(join(folder, 'люди.csv'));
    await page.getByRole('button', { name: 'Дальше: столбцы' }).click();
  };

  /** Nothing for axe in light and dark, nothing wider than a phone. */
  async function inspect(page: Page): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).options({ iframes: false }).analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
      ).toEqual([]);
    }
    await page.setViewportSize({ width: 360, height: 780 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  it('goes from the list to the result, each step fit for everybody', async () => {
    const page = await open();
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    await inspect(page);
    await choose(page);
    await page.getByText('Тексты выглядят неправильно?').click();
    await inspect(page);
    await page.getByRole('button', { name: 'Проверить' }).click();
    await page.getByRole('progressbar').waitFor();
    await inspect(page);
    await desk.drain();
    // The page looks by itself whether the work has ended.
    await page.getByRole('heading', { name: 'Что произойдёт' }).waitFor();
    await inspect(page);
    await page.getByRole('button', { name: 'Записать 2 строки' }).click();
    await page.getByRole('progressbar').waitFor();
    await desk.drain();
    await page.getByRole('heading', { name: 'Готово' }).waitFor();
    await inspect(page);
    expect(troubles).toEqual([]);
    expect(await desk.app.db('contacts').select('id')).toHaveLength(2);
  });

  it('works without JavaScript', async () => {
    const page = await open({ javaScriptEnabled: false });
    await choose(page);
    await page.getByRole('button', { name: 'Проверить' }).click();
    await desk.drain();
    await page.getByRole('link', { name: 'Обновить' }).click();
    await page.getByRole('button', { name: 'Записать 2 строки' }).click();
    await desk.drain();
    await page.getByRole('link', { name: 'Обновить' }).click();
    await page.getByRole('heading', { name: 'Готово' }).waitFor();
    expect(await desk.app.db('contacts').select('id')).toHaveLength(2);
  });
});
