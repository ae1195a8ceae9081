import { AxeBuilder } from '@axe-core/playwright';
import { sampleMail } from '@helpdesk/core/contracts';
import { addAccount, choice, signIn } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { desk as deskPlugin } from '@helpdesk/plugin-desk';
import { email } from '@helpdesk/plugin-email';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../setup/chromium.js';

const pages = [
  '/desk/inbox',
  '/desk/tickets/2',
  '/desk/tickets/new',
  '/desk/search?q=heater',
  '/desk/replies',
  '/desk/profile',
  '/desk/contacts',
  '/desk/contacts/1',
  '/desk/organizations',
  '/desk/settings/company',
  '/desk/settings/plugins',
  '/desk/settings/mailboxes',
  '/desk/settings/mailboxes/new',
  '/desk/settings/team',
  '/desk/settings/roles',
  '/desk/settings/intake',
  '/desk/settings/failures',
  '/desk/settings/events',
  '/desk/settings/health',
  '/desk/setup/mailbox',
  '/desk/setup/team',
  '/desk/sign-in',
];

describe.skipIf(!hasChromium)('pages for everybody', () => {
  let desk: TestDesk;
  let browser: Browser;
  let cookie = '';

  beforeAll(async () => {
    desk = await startTestDesk({ config: { plugins: [deskPlugin(), email()] } });
    const actor = { kind: 'system', id: 'test' } as const;
    await addAccount(desk.app, {
      channel: 'email',
      lineId: 1,
      name: 'Support',
      address: 'support@desk.example',
      config: { smtp: { host: '127.0.0.1', port: 9, secure: 'none' } },
      actor,
    });
    await desk.app.service(sampleMail)?.load('en', actor);
    // Pages of the setup are there only as long as it is not finished.
    const step = choice({ label: '', choices: ['team', 'done'], default: 'done' });
    await desk.app.settings.save('setup', { step }, { values: { step: 'team' }, actor });
    const signed = await signIn(desk.app, { ...desk.owner, ip: '127.0.0.1', device: 'test' });
    cookie = signed.ok ? signed.token : '';
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  it.each(pages)('%s: nothing for axe to find, nothing wider than a phone, no errors', async (path) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    if (path !== '/desk/sign-in') await context.addCookies([{ name: 'hd', value: cookie, url: desk.url }]);
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    const answer = await page.goto(desk.url + path);
    expect(answer?.status()).toBe(200);
    expect(page.url()).toBe(desk.url + path);
    // Frames without scripts make axe wait for ever.
    const found = await new AxeBuilder({ page }).options({ iframes: false }).analyze();
    expect(
      found.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
      ),
    ).toEqual([]);
    await page.setViewportSize({ width: 360, height: 780 });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    expect(troubles).toEqual([]);
    await context.close();
  });
});
