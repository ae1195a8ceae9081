import { AxeBuilder } from '@axe-core/playwright';
import { setPriority, signIn } from '@helpdesk/core';
import { desk as workspace } from '@helpdesk/plugin-desk';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../../tests/setup/chromium.js';
import { startSlaDesk, system, type SlaDesk } from '../../../tests/sla/sla-desk.js';
import { pauseClocks, resumeClocks } from '../keep/pause-clocks.js';

const paths = [
  '/desk/sla',
  '/desk/sla/policies/new',
  '/desk/sla/policies/1',
  '/desk/sla/calendars/new',
  '/desk/sla/calendars/1',
  '/desk/sla/tickets/1',
  '/desk/sla/tickets/2',
  '/desk/sla/report',
  '/desk/sla/report/late',
  '/desk/tickets/1',
  '/desk/inbox',
];
const themes = ['light', 'dark'] as const;

describe.skipIf(!hasChromium)('pages of norms for everybody', () => {
  let at: SlaDesk;
  let browser: Browser;
  let token: string;

  beforeAll(async () => {
    at = await startSlaDesk('sqlite', [workspace()]);
    const { app, owner } = at.desk;
    await at.policy(
      { first: 60, next: 60, solve: 480 },
      { name: 'Standard for everybody who writes by mail' },
    );
    const ticketId = await at.receive();
    await at.pass(30);
    await pauseClocks(app, {
      ticketId,
      reason: 'Parts are on their way from the other end of the country',
      actor: system,
    });
    await at.pass(30);
    await resumeClocks(app, { ticketId, actor: system });
    await setPriority(app, { ticketId, priority: 4, actor: system });
    await at.receive();
    await at.pass(90);
    await at.reply(ticketId);
    const answer = await signIn(app, { ...owner, ip: '127.0.0.1', device: 'test' });
    if (!answer.ok) throw new Error(answer.because);
    token = answer.token;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await at?.desk.close();
  });

  async function visit(colorScheme: 'light' | 'dark', more: object = {}): Promise<BrowserContext> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 1200 },
      colorScheme,
      ...more,
    });
    await context.addCookies([{ name: 'hd', value: token, url: at.desk.url }]);
    return context;
  }

  it.each(paths.flatMap((path) => themes.map((colorScheme) => ({ path, colorScheme }))))(
    '$path, $colorScheme: nothing for axe to find, nothing wider than a phone, no errors',
    async ({ path, colorScheme }) => {
      const context = await visit(colorScheme);
      const page = await context.newPage();
      const troubles: string[] = [];
      page.on('pageerror', (error) => troubles.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
      expect((await page.goto(at.desk.url + path))?.status()).toBe(200);
      const found = await new AxeBuilder({ page }).options({ iframes: false }).analyze();
      expect(
        found.violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
        ),
      ).toEqual([]);
      await page.setViewportSize({ width: 360, height: 780 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      expect(troubles).toEqual([]);
      await context.close();
    },
  );

  it('without a script: a policy is tried and saved', async () => {
    const context = await visit('light', { javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${at.desk.url}/desk/sla/policies/1`);
    await page.getByLabel('Normal: First answer').fill('0:45');
    await page.getByRole('button', { name: 'Try' }).click();
    await page.getByText('Nothing was written.').waitFor();
    await page.getByLabel('From the beginning').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Clocks are being reckoned anew.').waitFor();
    await context.close();
  });
});
