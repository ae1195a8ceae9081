import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../tests/setup/chromium.js';
import { startSurveysDesk, type SurveysDesk } from '../../tests/surveys/surveys-desk.js';

const pages = [
  '/desk/surveys/report?kind=csat&by=team',
  '/desk/surveys/report?kind=ces',
  '/desk/surveys/report/answers?kind=csat&by=team&group=',
  '/desk/surveys/report/promoters',
  '/desk/surveys/settings',
  '/desk/surveys/settings/new?kind=nps',
  '/desk/surveys/settings/1',
  '/desk/surveys/settings/1/preview?lang=ru',
  '/desk/surveys/settings/3/preview?lang=en',
  '/desk/tickets/1',
  '/desk/contacts/1',
  'link',
  'link?score=4&lang=ru',
  'nps',
  'stop',
  'linkx',
];

describe.skipIf(!hasChromium)('pages of surveys for everybody', () => {
  let at: SurveysDesk;
  let browser: Browser;
  let token: string;
  let link: string;
  let nps: string;
  let stop: string;

  beforeAll(async () => {
    at = await startSurveysDesk();
    await at.survey('csat', { languages: ['en'], opensFollowUp: true });
    await at.survey('nps', { languages: ['ru'] });
    await at.survey('ces', { trigger: 'closed' });
    await at.solved(await at.contact('Ann', { language: 'en' }));
    await at.pass(5);
    link = at.link();
    await at.respond(link, { score: '2', comment: 'Far too slow, and nobody said why' });
    await at.solved(await at.contact('Olga', { language: 'ru' }));
    await at.pass(5);
    nps = at.link();
    stop = at.stopLink();
    await at.respond(nps, { score: '10', comment: 'Отлично', mayContact: '1' });
    await at.desk.drain();
    token = (await at.visit(at.desk.owner)).token;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await at?.close();
  });

  it.each(
    pages.flatMap((path) => (['light', 'dark'] as const).map((colorScheme) => ({ path, colorScheme }))),
  )(
    '$path, $colorScheme: nothing for axe to find, nothing wider than a phone, no errors',
    async ({ path, colorScheme }) => {
      const context = await browser.newContext({ viewport: { width: 1280, height: 1200 }, colorScheme });
      await context.addCookies([{ name: 'hd', value: token, url: at.desk.url }]);
      const page = await context.newPage();
      const troubles: string[] = [];
      page.on('pageerror', (error) => troubles.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
      const place = path
        .replace(/^nps$/, nps)
        .replace(/^stop$/, stop)
        .replace(/^link/, link);
      const status = path === 'linkx' ? 404 : 200;
      expect((await page.goto(at.desk.url + place))?.status()).toBe(status);
      const found = await new AxeBuilder({ page }).options({ iframes: false }).analyze();
      expect(
        found.violations.map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
        ),
      ).toEqual([]);
      const pictures = process.env['HELPDESK_TEST_PICTURES'];
      const file = path.replaceAll(/\W+/g, '-');
      if (pictures) await page.screenshot({ path: `${pictures}/${file}-${colorScheme}.png` });
      await page.setViewportSize({ width: 360, height: 780 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
      if (pictures)
        await page.screenshot({ path: `${pictures}/${file}-${colorScheme}-360.png`, fullPage: true });
      expect(troubles.filter((text) => !(status === 404 && text.includes('404')))).toEqual([]);
      await context.close();
    },
  );

  it('by keyboard and without JavaScript: choose, write, send, change', async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 360, height: 780 },
    });
    const page = await context.newPage();
    await at.solved(await at.contact('Max', { language: 'en' }));
    await at.pass(5);
    await page.goto(`${at.desk.url}${at.link()}?score=4`);
    await page.getByRole('radio', { name: 'Good' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Quick');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
    await page.getByRole('link', { name: 'Change the answer' }).click();
    expect(await page.getByRole('radio', { name: 'Excellent' }).isChecked()).toBe(true);
    await context.close();
  });
});
