import { AxeBuilder } from '@axe-core/playwright';
import { signIn } from '@helpdesk/core';
import type { TestDesk } from '@helpdesk/core/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../setup/chromium.js';
import { startDemoDesk } from './demo-desk.js';

const days = 'from=2025-12-01&to=2026-03-12';
const paths = [
  `/desk/reporting?${days}`,
  `/desk/reporting/team?${days}`,
  `/desk/reporting/stalls?${days}`,
  `/desk/reporting/lens?${days}&by=line`,
  `/desk/reporting/explore?${days}&measure=solution&by=type`,
  `/desk/reporting/explore?${days}&measure=opened&by=week`,
  `/desk/reporting/explore?${days}&measure=firstReply&by=line&by2=channel&f=type:problem`,
  `/desk/reporting/tickets?${days}&measure=solution&f=type:problem`,
  '/desk/reporting/mine',
];

describe.skipIf(!hasChromium)('reports in a browser', () => {
  let desk: TestDesk;
  let browser: Browser;
  let cookie = '';
  beforeAll(async () => {
    desk = await startDemoDesk({ engine: 'sqlite', tickets: 300, follows: false });
    const session = await signIn(desk.app, { ...desk.owner, ip: '127.0.0.1', device: 'test' });
    cookie = session.ok ? session.token : '';
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  it.each(paths)(
    '%s: nothing for axe to find in light and dark, nothing wider than a phone',
    async (path) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme });
        await context.addCookies([{ name: 'hd', value: cookie, url: desk.url }]);
        const page = await context.newPage();
        const troubles: string[] = [];
        page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
        await page.goto(desk.url + path);
        await page.evaluate(() =>
          document.querySelectorAll('details.data').forEach((one) => one.setAttribute('open', '')),
        );
        const folder = process.env['HELPDESK_SHOTS'];
        const name = path.replaceAll(/\W+/g, '-');
        if (folder) await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png`, fullPage: true });
        const { violations } = await new AxeBuilder({ page }).options({ iframes: false }).analyze();
        expect(
          violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
          ),
        ).toEqual([]);
        await page.setViewportSize({ width: 360, height: 780 });
        if (folder)
          await page.screenshot({ path: `${folder}/${name}-${colorScheme}-360.png`, fullPage: true });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
        expect(troubles).toEqual([]);
        await context.close();
      }
    },
  );

  it('a report is chosen by keyboard, without scripts, down to a ticket', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    await context.addCookies([{ name: 'hd', value: cookie, url: desk.url }]);
    const page = await context.newPage();
    await page.goto(`${desk.url}/desk/reporting/explore?${days}`);
    await page.getByLabel('Measure').selectOption('solution');
    await page.getByLabel('By', { exact: true }).selectOption('team');
    await page.getByRole('button', { name: 'Show' }).last().press('Enter');
    const cell = page.locator('tbody td a').first();
    const figure = await cell.innerText();
    await cell.press('Enter');
    expect(figure).not.toBe('');
    await page.locator('tbody th a').first().press('Enter');
    expect(page.url()).toMatch(/\/desk\/tickets\/\d+/);
    await context.close();
  });
});
