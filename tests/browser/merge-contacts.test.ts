import { AxeBuilder } from '@axe-core/playwright';
import {
  addMembership,
  changeContact,
  createContact,
  mergeContacts,
  openTicket,
  signIn,
} from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { desk as deskPlugin } from '@helpdesk/plugin-desk';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../setup/chromium.js';

const actor = { kind: 'system', id: 'test', door: 'test' } as const;

describe.skipIf(!hasChromium)('merging contacts in a browser', () => {
  let desk: TestDesk;
  let browser: Browser;
  let cookie = '';
  let ivan: number;
  let twin: number;

  beforeAll(async () => {
    desk = await startTestDesk({ config: { plugins: [deskPlugin()] } });
    ivan = await create('Ivan Petrov', 'ivan.petrov@a-rather-long-company-name.example');
    twin = await create('Иван Сергеевич Петров', 'ip@a-rather-long-company-name.example');
    const fields = { language: 'ru', timeZone: 'Asia/Omsk', note: 'Calls before ten.\nAsk for the invoice.' };
    await changeContact(desk.app, { contactId: twin, fields, actor });
    await changeContact(desk.app, { contactId: ivan, fields: { note: 'Has two boilers.' }, actor });
    for (const contactId of [ivan, twin])
      await addMembership(desk.app, { contactId, organizationId: null, role: 'private', actor });
    const said = { subject: 'Boiler', text: 'Cold', lineId: 1, agentId: desk.owner.id, actor };
    await openTicket(desk.app, { ...said, contactId: twin, first: { kind: 'heard', channel: 'phone' } });
    for (const name of ['Petrov, I.', 'Olga Berg'])
      await create(name, `${name.slice(0, 3).toLowerCase()}@a-rather-long-company-name.example`);
    const old = await create('Olga B.', 'olga@berg.example');
    await mergeContacts(desk.app, { keptId: ivan, goneId: old, actor });
    const signed = await signIn(desk.app, { ...desk.owner, ip: '127.0.0.1', device: 'test' });
    cookie = signed.ok ? signed.token : '';
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  const create = (name: string, value: string) =>
    createContact(desk.app, { name, identities: [{ kind: 'email', value }], actor });
  async function visit(options: Parameters<Browser['newContext']>[0]): Promise<BrowserContext> {
    const context = await browser.newContext(options);
    await context.addCookies([{ name: 'hd', value: cookie, url: desk.url }]);
    return context;
  }

  it.each(['light', 'dark'] as const)('has pages for everybody, %s', async (colorScheme) => {
    const context = await visit({ viewport: { width: 1280, height: 900 }, colorScheme });
    const page = await context.newPage();
    for (const path of [
      `/desk/contacts`,
      `/desk/contacts/${ivan}`,
      '/desk/contacts/duplicates',
      '/desk/contacts/merges',
      '/desk/contacts/merges/1',
      `/desk/contacts/${ivan}/merge?q=olga`,
      `/desk/contacts/${ivan}/merge/${twin}`,
    ]) {
      await page.setViewportSize({ width: 1280, height: 900 });
      const answer = await page.goto(desk.url + path);
      expect(answer?.status()).toBe(200);
      const found = await new AxeBuilder({ page }).options({ iframes: false }).analyze();
      const words = found.violations.map(
        ({ id, nodes }) => `${path} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      );
      expect(words).toEqual([]);
      await page.setViewportSize({ width: 360, height: 780 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(360);
    }
    await context.close();
  });

  it('merges by keyboard and without scripts, and undoes it', async () => {
    const context = await visit({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } });
    const page = await context.newPage();
    await page.goto(`${desk.url}/desk/contacts/${ivan}/merge/${twin}`);
    await page
      .getByRole('radio', { name: /Иван Сергеевич Петров/ })
      .first()
      .focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Merge', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${desk.url}/desk/contacts/${ivan}`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Иван Сергеевич Петров');
    await page.goto(`${desk.url}/desk/contacts/${twin}`);
    expect(page.url()).toBe(`${desk.url}/desk/contacts/${ivan}`);
    await page.getByRole('button', { name: 'Undo the merge of Иван Сергеевич Петров' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${desk.url}/desk/contacts/${twin}`);
    await page.goto(`${desk.url}/desk/contacts/${ivan}`);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Ivan Petrov');
    await context.close();
  });
});
