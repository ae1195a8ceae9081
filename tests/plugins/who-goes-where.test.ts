import { AxeBuilder } from '@axe-core/playwright';
import { findTicket } from '@helpdesk/core';
import { signInVisitor } from '@helpdesk/core/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../setup/chromium.js';
import { setUpCompany, words as company, writers, type ServedCompany } from './served-company.js';
import { names, pluginsWith, signInOwner, startWholeDesk, type WholeDesk } from './whole-desk.js';

const words = {
  en: {
    team: 'Team',
    assignee: 'Assignee',
    owner: 'Owner',
    unassigned: 'Unassigned',
    nothing: 'nothing',
    explain: 'How it was reckoned',
    noTeam: 'No team',
    why: 'Why',
    norms: 'Response times',
    theirManager: 'account manager of the organization',
    segment: 'Segment',
    inRole: 'In which role',
    private: 'Private person',
    director: 'Director',
    byLine: 'private people write to the line Private customers',
    byHand: 'chosen by hand',
    roleChanged: 'The role of the customer changes',
    becauseOfRole: 'The customer’s role was changed',
  },
  ru: {
    team: 'Группа',
    assignee: 'Исполнитель',
    owner: 'Исполнитель',
    unassigned: 'Не назначено',
    nothing: 'пусто',
    explain: 'Как посчитан срок',
    noTeam: 'Без группы',
    why: 'Почему',
    norms: 'Сроки',
    theirManager: 'менеджер организации',
    segment: 'Сегмент',
    inRole: 'В какой роли',
    private: 'Частное лицо',
    director: 'Руководитель',
    byLine: 'на линию «Частные клиенты» пишут частные лица',
    byHand: 'выбрано вручную',
    roleChanged: 'Сменилась роль клиента',
    becauseOfRole: 'Сменилась роль клиента',
  },
};

describe.skipIf(!hasChromium).each(['en', 'ru'] as const)('who goes where, %s', (language) => {
  const say = { ...company[language], ...words[language] };
  let whole: WholeDesk;
  let served: ServedCompany;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    whole = await startWholeDesk(pluginsWith(names), { language });
    served = await setUpCompany(whole, language);
    browser = await launchChromium();
    const colorScheme = language === 'ru' ? ('dark' as const) : ('light' as const);
    const context = await browser.newContext({ locale: language, colorScheme });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    await signInOwner(page, whole.desk);
  });
  afterAll(async () => {
    await browser?.close();
    await whole?.close();
  });

  const go = (path: string) => page.goto(whole.desk.url + path);
  /** What the head of a ticket says of it: its team, its owner. */
  const prop = async (label: string) => {
    const chip = page.locator('#props .chip', { hasText: `${label}:` });
    return (await chip.innerText()).split('\n').at(-1);
  };
  /** A part of the sidebar in its own words. On a busy machine it may be late, and is asked for again as a reader would. */
  const panel = async (title: string) => {
    const heading = page.getByRole('heading', { name: title, exact: true });
    const part = page.locator('details.panel').filter({ has: heading });
    const isThere = async () => {
      if ((await part.count()) === 1) return true;
      await page.reload();
      return false;
    };
    await expect.poll(isThere, { timeout: 20_000 }).toBe(true);
    return part.innerText();
  };
  /** Nothing for axe to find, nothing wider than a phone. */
  const look = async () => {
    const { violations } = await new AxeBuilder({ page }).options({ iframes: false }).analyze();
    expect(violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes[0]?.html}`)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1280, height: 900 });
  };

  it('an owner says by clicks who works for a segment, who is in it, and what becomes of unknown writers', async () => {
    for (const [mark, team] of [
      ['VIP', say.teams.vip],
      ['C', say.teams.centre],
    ] as const) {
      await go(`/desk/routing/segments/${served.segments.get(mark)}`);
      await page.selectOption('[name=team]', { label: team });
      await page.click('.btn-primary[value=save]');
      await page.locator('.toast').waitFor();
    }
    const { firmId, contacts } = served;
    for (const [card, mark] of [
      [`organizations/${firmId}`, 'A'],
      [`contacts/${contacts.clara}`, 'C'],
      [`contacts/${contacts.vera}`, 'VIP'],
    ] as const) {
      await go(`/desk/${card}`);
      await page.selectOption('#f-segment', String(served.segments.get(mark)));
      await page
        .locator('form', { has: page.locator('#f-segment') })
        .getByRole('button')
        .click();
      await page.locator('.toast').waitFor();
    }

    await go('/desk/routing/rules/new');
    await page.fill('#f-name', say.rules.unknown);
    for (const [n, field] of ['contact.segment', 'contact.isNew'].entries()) {
      await page.selectOption('#f-new-0', field);
      await page.click('button[value="add-condition.0"]');
      await page.waitForSelector(`#f-g-0-c-${n}-op`);
    }
    await page.selectOption('#f-g-0-c-0-op', 'notIn');
    for (const id of served.segments.values()) await page.check(`[name="g.0.c.0.v"][value="${id}"]`);
    await page.selectOption('#f-new-action', 'team');
    await page.click('button[value=add-action]');
    await page.selectOption('#f-a-0-v', { label: say.teams.newcomers });
    await page.click('.rt-save button[value=save]');
    await page.waitForURL(/\/rules\/\d+$/);
    await go('/desk/routing/rules');
    await page.locator('.rt-rule', { hasText: say.rules.unknown }).locator('button[name=on]').click();
    await page.locator('.toast').waitFor();
    await whole.desk.drain();
  });

  it.each([
    { who: 'anna', mark: 'A', team: null, rule: 'manager' },
    { who: 'clara', mark: 'C', team: 'centre', rule: 'segment' },
    { who: 'vera', mark: 'VIP', team: 'vip', rule: 'segment' },
    { who: 'stranger', mark: null, team: 'newcomers', rule: 'unknown' },
  ] as const)(
    '$who of segment $mark goes by the rule $rule, and the ticket says why',
    async ({ who, mark, team, rule }) => {
      const ticketId = await whole.write(`Written by ${who}`, writers[who]);
      await go(`/desk/tickets/${ticketId}`);
      expect(await prop(say.team)).toBe(team === null ? say.noTeam : say.teams[team]);
      expect(await prop(say.assignee)).toBe(rule === 'manager' ? say.manager : say.unassigned);
      const why = await panel(say.why);
      expect(why).toContain(say.rules[rule]);
      expect(why).toContain(`${say.segment}: ${mark ?? say.nothing}`);
      if (rule === 'manager') expect(why).toContain(`${say.owner} ${say.manager}: ${say.theirManager}`);
    },
  );

  it('a director on the private line is a private person; in another role another owner, another norm, other rights', async () => {
    const ticketId = await whole.write('My own boiler is cold', writers.director);
    const { number } = await findTicket(whole.desk.app.db, ticketId);
    const [boris, anna] = [await visit(served.contacts.boris), await visit(served.contacts.anna)];
    const request = `${whole.desk.url}/requests/${number}`;
    /** Whoever may read for the organization does, while it is the organization's; whoever may not never does. */
    const rights = async () => [
      (await boris.goto(request))?.status(),
      (await anna.goto(request))?.status(),
      await boris
        .goto(`${whole.desk.url}/requests?of=organization`)
        .then(() => boris.locator(`a[href*="/requests/${number}"]`).count()),
    ];
    const wears = async (role: string) => {
      await go(`/desk/tickets/${ticketId}`);
      await page.locator('#as-v').click();
      await page.getByRole('button', { name: role, exact: true }).click();
      await page.locator('#as-v', { hasText: role }).waitFor();
      await whole.desk.drain();
      await go(`/desk/tickets/${ticketId}`);
    };
    const role = () => page.locator('details.panel', { has: page.locator('#as-v') }).innerText();
    const isPrivate = async (reason: string) => {
      expect(await page.locator('#as-v').innerText()).toBe(say.private);
      expect(await role()).toContain(reason);
      expect(await prop(say.team)).toBe(say.teams.centre);
      expect(await prop(say.assignee)).toBe(say.unassigned);
      const why = await panel(say.why);
      expect(why).toContain(say.rules.home);
      expect(why).toContain(`${say.inRole}: ${say.private}`);
      expect(await panel(say.norms)).toContain('17:00');
      expect(await rights()).toEqual([404, 404, 0]);
    };

    await go(`/desk/tickets/${ticketId}`);
    await isPrivate(say.byLine);

    whole.desk.clock.pass(30 * 60_000);
    await wears(`${say.firm}, ${say.director}`);
    expect(await page.locator('#as-v').innerText()).toBe(`${say.firm}, ${say.director}`);
    expect(await role()).toContain(say.byHand);
    expect(await prop(say.team)).toBe(say.noTeam);
    expect(await prop(say.assignee)).toBe(say.manager);
    expect(await panel(say.why)).toContain(`${say.owner} ${say.manager}: ${say.theirManager}`);
    expect(await panel(say.norms)).toContain('10:00');
    expect(await rights()).toEqual([200, 404, 1]);
    await look();
    await page.getByRole('link', { name: say.explain }).click();
    expect(await page.locator('main').innerText()).toContain(`${say.becauseOfRole}. ${say.promises.a}`);
    await go(`/desk/routing/tickets/${ticketId}`);
    const done = await page.locator('li.stack', { hasText: say.rules.manager }).first().innerText();
    expect(done).toContain(say.roleChanged);
    expect(done).toContain(say.theirManager);

    await wears(say.private);
    await isPrivate(say.byHand);
  });

  /** A customer in the portal. */
  async function visit(contactId: number): Promise<Page> {
    const cookie = await signInVisitor(whole.desk, contactId);
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
    const context = await browser.newContext({ locale: language });
    await context.addCookies([{ name, value, url: whole.desk.url }]);
    return context.newPage();
  }
});
