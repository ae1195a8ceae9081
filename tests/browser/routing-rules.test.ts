import { AxeBuilder } from '@axe-core/playwright';
import { createTeam, signIn } from '@helpdesk/core';
import { desk as workspace } from '@helpdesk/plugin-desk';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRulesDesk, system, type RulesDesk } from '../routing/rules-desk.js';
import { hasChromium, launchChromium } from '../setup/chromium.js';

const paths = [
  '/desk/routing/rules',
  '/desk/routing/rules/new',
  '/desk/routing/rules/new?ready=acknowledge',
  '/desk/routing/rules/1',
  '/desk/routing/rules/1/versions',
  '/desk/routing/segments',
  '/desk/routing/segments/new',
  '/desk/routing/segments/2',
  '/desk/routing/segments/import',
  '/desk/routing/tickets/1',
  '/desk/tickets/1',
  '/desk/contacts/1',
  '/desk/inbox',
];

describe.skipIf(!hasChromium)('rules and segments in a browser', () => {
  let at: RulesDesk;
  let browser: Browser;
  let cookie = '';

  beforeAll(async () => {
    at = await startRulesDesk('sqlite', [workspace()]);
    const { app } = at.desk;
    await createTeam(app, { name: 'Heating and everything that has to do with warm water', actor: system });
    await at.rule({
      name: 'Boilers go to heating',
      triggers: [{ on: 'opened' }, { on: 'unanswered', minutes: 120 }],
      conditions: {
        match: 'any',
        groups: [
          {
            match: 'all',
            conditions: [
              { field: 'ticket.subject', op: 'contains', values: ['boiler; heater'] },
              { field: 'ticket.priority', op: 'in', values: ['2', '3'] },
              { field: 'contact.isNew', op: 'yes', values: [] },
            ],
          },
          { match: 'any', conditions: [{ field: 'time.clock', op: 'outside', values: ['09:00-18:00'] }] },
        ],
      },
      actions: [
        { kind: 'team', teamId: 2 },
        { kind: 'assign', strategy: 'load', teamId: null },
        { kind: 'note', text: 'Came by a rule' },
      ],
    });
    await at.rule({
      name: 'Complaints',
      conditions: {
        match: 'all',
        groups: [{ match: 'all', conditions: [{ field: 'ticket.type', op: 'in', values: ['complaint'] }] }],
      },
    });
    await at.open({ subject: 'My boiler is cold' });
    await at.desk.drain();
    const signed = await signIn(app, { ...at.desk.owner, ip: '127.0.0.1', device: 'test' });
    cookie = signed.ok ? signed.token : '';
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await at?.desk.close();
  });

  async function open(
    path: string,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<{ page: Page; context: BrowserContext; troubles: string[] }> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    await context.addCookies([{ name: 'hd', value: cookie, url: at.desk.url }]);
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    await page.goto(at.desk.url + path);
    return { page, context, troubles };
  }
  const violations = async (page: Page) =>
    (await new AxeBuilder({ page }).options({ iframes: false }).analyze()).violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );

  it.each(paths)(
    '%s: nothing for axe to find in light and dark, nothing wider than a phone',
    async (path) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page, context, troubles } = await open(path, { colorScheme });
        expect(await violations(page)).toEqual([]);
        await page.setViewportSize({ width: 360, height: 780 });
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBeLessThanOrEqual(360);
        expect(troubles).toEqual([]);
        await context.close();
      }
    },
  );

  it('what a rule would have done, and mistakes at their places, are for everybody too', async () => {
    const { page, context } = await open('/desk/routing/rules/1');
    await page.getByRole('button', { name: /Try on the last/ }).click();
    await page.getByText('It would have caught 1 ticket.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Subject: value').fill(' ');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Choose or write something').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });

  it('the ready-made rule is read, stored and switched on by clicks', async () => {
    const { page, context } = await open('/desk/routing/rules');
    await page.getByRole('link', { name: 'Open in the editor Acknowledge every new request' }).click();
    const letter = page.getByLabel('Acknowledge to whoever wrote', { exact: true });
    expect(await letter.inputValue()).toContain('We have received your request.');
    await letter.fill('Yours, {{agent.name}}');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('There is something in double braces that cannot be filled in').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await letter.fill('We have it, no. {{ticket.number}}.');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The rule is stored and off. Switch it on in the list.').waitFor();
    await page.goto(`${at.desk.url}/desk/routing/rules`);
    await page
      .getByRole('link', { name: 'Already among the rules: Acknowledge every new request' })
      .waitFor();
    await page.getByRole('button', { name: 'Switch on Acknowledge every new request' }).click();
    await page.getByText('The rule is on.').waitFor();
    expect(await violations(page)).toEqual([]);
    await context.close();
  });

  it('a rule is built, tried and stored by keyboard, without scripts', async () => {
    const { page, context } = await open('/desk/routing/rules/new', { javaScriptEnabled: false });
    await page.getByLabel('Name', { exact: true }).fill('Fire first');
    await page.getByLabel('Add a condition').selectOption('ticket.subject');
    await page.getByRole('button', { name: 'Add a condition' }).press('Enter');
    await page.getByLabel('Subject: value').fill('boiler');
    await page.getByLabel('Add: what to do').selectOption('priority');
    await page.getByRole('button', { name: 'Add Then' }).press('Enter');
    await page.getByLabel('Set the priority', { exact: true }).selectOption('4');
    await page.getByRole('button', { name: /Try on the last/ }).press('Enter');
    await page.getByText('It would have caught 1 ticket.').waitFor();
    expect(await page.getByLabel('Subject: value').inputValue()).toBe('boiler');
    // Enter in a field stores, it does not press the first button that removes something.
    await page.getByLabel('Name', { exact: true }).press('Enter');
    await page.waitForURL(/\/rules\/\d+$/);
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Fire first');
    await context.close();
  });
});
