import { createHmac } from 'node:crypto';
import { addAccount, keepRaw, listAccounts, newToken } from '@helpdesk/core';
import { signInVisitor } from '@helpdesk/core/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateOf } from '../../plugins/telegram/fake/drive-telegram.js';
import { openPage, SITE } from '../../plugins/web-chat/fake/page.js';
import { hasChromium, launchChromium } from '../setup/chromium.js';
import { pluginsWith, signInOwner, startWholeDesk, type WholeDesk } from './whole-desk.js';

const words = {
  en: {
    another: 'Merge with another contact',
    find: 'Name, address or number',
    merge: 'Merge',
    mine: 'My requests',
  },
  ru: {
    another: 'Объединить с другим контактом',
    find: 'Имя, адрес или номер',
    merge: 'Объединить',
    mine: 'Мои обращения',
  },
};
const said = ['By mail', 'By Telegram', 'By chat', 'By the portal'] as const;
const actor = { kind: 'system', id: 'test' } as const;

describe.skipIf(!hasChromium).each(['en', 'ru'] as const)('one person by four ways, %s', (language) => {
  const say = words[language];
  let whole: WholeDesk;
  let browser: Browser;
  let page: Page;
  let contactId = 0;
  const contactOf = async (text: string): Promise<number> => {
    const row = await whole.desk.app.db('messages').where({ text }).first('contactId');
    return Number((row as { contactId: number } | undefined)?.contactId);
  };

  beforeAll(async () => {
    whole = await startWholeDesk(pluginsWith(['portal', 'telegram', 'web-chat', 'routing']), { language });
    browser = await launchChromium();
    page = await (await browser.newContext()).newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await whole?.close();
  });

  it('writes by mail, by Telegram, in the chat of the site and in the portal', async () => {
    const { app, url } = whole.desk;
    await whole.write(said[0]);
    contactId = await contactOf(said[0]);

    const bot = { channel: 'telegram', lineId: 1, name: 'Bot', address: '@warm_house_bot' };
    const botId = await addAccount(app, {
      ...bot,
      config: { mode: 'webhook' },
      secrets: { token: '1:x' },
      actor,
    });
    const from = { id: 4711, name: 'Carla' };
    const update = updateOf({ n: 1, from, text: said[1] }, { addFile: () => '' });
    const account = (await listAccounts(app.db)).find(({ id }) => id === botId);
    if (!account) throw new Error('no bot');
    await keepRaw(app, { account, externalId: '1', raw: Buffer.from(spoken(update, language)) });

    const key = newToken().token;
    const userSecret = 'a secret that the site and the desk share';
    const site = { key, origins: SITE, open: 'always', askEmail: 'later', mailMinutes: 10 };
    const chat = { channel: 'web-chat', lineId: 1, name: 'Site', address: 'shop.example' };
    await addAccount(app, { ...chat, config: site, secrets: { userSecret }, actor });
    const user = 'carla@client.example';
    const sign = createHmac('sha256', userSecret).update(user).digest('hex');
    const sent = await openPage({ url, key }).call('send', {
      id: newToken().token,
      text: said[2],
      user,
      sign,
    });
    expect(sent.status).toBe(200);
    await whole.desk.drain();

    const cookie = await signInVisitor(whole.desk, user);
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
    await page.context().addCookies([{ name, value, url }]);
    await page.goto(`${url}/requests/new`);
    await page.fill('[name=subject]', 'A request');
    await page.fill('[name=text]', said[3]);
    await page.click('main form button[type=submit]');
    // Suggestions may ask once more; without articles there are none.
    await page.waitForURL(/\/requests\/\d+/);
    await whole.desk.drain();
  });

  it('is one card: proven addresses by themselves, the messenger when an agent says so', async () => {
    expect(await contactOf(said[2])).toBe(contactId);
    expect(await contactOf(said[3])).toBe(contactId);
    const other = await contactOf(said[1]);
    expect(other).not.toBe(contactId);
    const { url } = whole.desk;
    await signInOwner(page, whole.desk);
    await page.goto(`${url}/desk/contacts/${contactId}`);
    await page.getByRole('link', { name: say.another }).click();
    await page.getByRole('searchbox', { name: say.find }).fill('Carla');
    await page.keyboard.press('Enter');
    await page.locator(`main a[href$="/merge/${other}"]`).click();
    await page.getByRole('button', { name: say.merge, exact: true }).click();
    await page.waitForURL(`${url}/desk/contacts/${contactId}`);
    expect(await contactOf(said[1])).toBe(contactId);
  });

  it('is one timeline for the team, and one list of requests for the customer', async () => {
    const { url } = whole.desk;
    await page.goto(`${url}/desk/contacts/${contactId}`);
    const card = await page.locator('main').innerText();
    expect(card).toContain('carla@client.example');
    expect(card).toContain('4711');
    const tickets = await whole.desk.app.db('tickets').where({ contactId }).select('number', 'channel');
    expect(tickets.map(({ channel }) => channel as string).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'email',
      'portal',
      'telegram',
      'web-chat',
    ]);
    for (const text of said) expect(card).toContain(text);
    await page.goto(`${url}/requests`);
    const mine = await page.locator('main').innerText();
    expect(mine).toContain(say.mine);
    for (const { number } of tickets) expect(mine).toContain(String(number));
  });
});

/** Telegram says which language its user has chosen there. */
const spoken = (update: object, language: string) =>
  JSON.stringify(update).replace('"language_code":"en"', `"language_code":"${language}"`);
