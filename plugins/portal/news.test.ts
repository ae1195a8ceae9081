import { AxeBuilder } from '@axe-core/playwright';
import { noteOnTicket, solveTicket } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../tests/setup/chromium.js';
import { numberIn, startPortalDesk, system, type PortalDesk } from '../../tests/portal/portal-desk.js';

const haveIn = (html: string) => /data-have="([^"]+)"/.exec(html)?.[1] ?? '';

describe.each(testEngines)('a request that is looked at, on %s', (engine) => {
  let at: PortalDesk;
  beforeAll(async () => {
    at = await startPortalDesk(engine);
  });
  afterAll(() => at.close());

  it('tells its owner what is new, nothing when nothing is, and nobody else anything', async () => {
    const ann = await at.visit('ann@client.example');
    const number = numberIn(await ann.post('/requests/new', { subject: 'Boiler', text: 'It is cold' }));
    const { id } = await at.ticket(number);
    const news = async (have: string) => {
      const answer = await ann.get(`/requests/${number}/news?have=${have}`);
      return { status: answer.status, text: await answer.text() };
    };
    const have = haveIn(await (await ann.get(`/requests/${number}`)).text());
    expect(await news(have)).toEqual({ status: 204, text: '' });
    await noteOnTicket(at.desk.app, { ticketId: id, agentId: at.desk.owner.id, text: 'Hm', actor: system });
    expect((await news(have)).status).toBe(204);
    await at.answer(id, 'Which model?');
    const fresh = await news(have);
    expect(fresh.status).toBe(200);
    expect(fresh.text).toContain('Which model?');
    expect(fresh.text).toContain('your turn');
    expect(fresh.text).not.toContain('<html');
    expect((await news(haveIn(fresh.text))).status).toBe(204);
    const bob = await at.visit('bob@client.example');
    expect((await bob.get(`/requests/${number}/news`)).status).toBe(404);
  });
});

describe.skipIf(!hasChromium)('in a browser', () => {
  it('an answer appears without a reload, and what is typed stays', async () => {
    const at = await startPortalDesk();
    const browser = await launchChromium();
    try {
      const ann = await at.visit('ann@client.example');
      const number = numberIn(await ann.post('/requests/new', { subject: 'Boiler', text: 'It is cold' }));
      const { id } = await at.ticket(number);
      const context = await browser.newContext({ viewport: { width: 360, height: 780 } });
      const [name = '', value = ''] = ann.cookie.split('=');
      await context.addCookies([{ name, value, url: at.desk.url }]);
      const page = await context.newPage();
      const troubles: string[] = [];
      page.on('pageerror', (error) => troubles.push(String(error)));
      page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
      await page.clock.install();
      await page.goto(`${at.desk.url}/requests/${number}`);
      await page.getByLabel('Your reply').fill('Half a sentence');
      await at.answer(id, 'Which model?');
      await solveTicket(at.desk.app, { ticketId: id, actor: system });
      await page.clock.fastForward(31_000);
      await page.getByText('Which model?').waitFor();
      await page.locator('#standing', { hasText: 'solved' }).waitFor();
      expect(await page.getByLabel('Your reply').inputValue()).toBe('Half a sentence');
      expect(await page.locator('#thread > li').count()).toBe(2);
      const { violations } = await new AxeBuilder({ page }).options({ iframes: false }).analyze();
      expect(violations.map(({ id: rule }) => rule)).toEqual([]);
      expect(troubles).toEqual([]);
    } finally {
      await browser.close();
      await at.close();
    }
  });
});
