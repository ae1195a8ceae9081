import { AxeBuilder } from '@axe-core/playwright';
import { signInVisitor } from '@helpdesk/core/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portal } from '../../portal/index.js';
import { hasChromium, launchChromium } from '../../../tests/setup/chromium.js';
import { startSurveysDesk, type SurveysDesk } from '../../../tests/surveys/surveys-desk.js';

const looks = (['ru', 'en'] as const).flatMap((language) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ language, colorScheme })),
);

describe.skipIf(!hasChromium)('rating a request looks right', () => {
  let at: SurveysDesk;
  let browser: Browser;
  beforeAll(async () => {
    at = await startSurveysDesk('sqlite', 'en', { plugins: [portal({}, { enabled: true })] });
    await at.survey('csat');
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await at?.close();
  });

  const check = async (page: Page, name: string) => {
    await page.reload();
    const { violations } = await new AxeBuilder({ page }).options({ iframes: false }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
      [],
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const pictures = process.env['HELPDESK_TEST_PICTURES'];
    if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  };

  it.each(looks)(
    '$language, $colorScheme: by keyboard, without JavaScript, on a phone',
    async ({ language, colorScheme }) => {
      const contactId = await at.contact(`Ann-${language}-${colorScheme}`, { language });
      const ticketId = await at.solved(contactId);
      const { number } = await at.desk.app.db('tickets').where({ id: ticketId }).first('number');
      const [name = '', value = ''] = (await signInVisitor(at.desk, contactId)).split('=');
      const open = async (javaScriptEnabled: boolean) => {
        const viewport = { width: 360, height: 780 };
        const context = await browser.newContext({ javaScriptEnabled, colorScheme, viewport });
        await context.addCookies([{ name, value, url: at.desk.url }]);
        return context.newPage();
      };
      const [page, looking] = [await open(false), await open(true)];
      const [good, more, send] =
        language === 'ru' ? ['Хорошо', 'Что понравилось', 'Отправить'] : ['Good', 'What was good', 'Send'];
      // A panel that came late on a busy machine is there on the next visit.
      await expect
        .poll(async () => {
          await page.goto(`${at.desk.url}/requests/${number}`);
          return page.getByRole('button', { name: good }).count();
        })
        .toBe(1);
      await looking.goto(page.url());
      await check(looking, `rate-${language}-${colorScheme}`);
      await page.getByRole('button', { name: good }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('radio', { name: good }).waitFor();
      await check(looking, `rated-${language}-${colorScheme}`);
      await page.getByLabel(more).fill('Quick');
      await page.locator('#rate').getByRole('button', { name: send }).click();
      await expect.poll(() => at.invitation(ticketId)).toMatchObject({ score: 4, comment: 'Quick' });
      await Promise.all([page.context().close(), looking.context().close()]);
    },
  );
});
