import { AxeBuilder } from '@axe-core/playwright';
import { addMembership, createOrganization } from '@helpdesk/core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../../../tests/setup/chromium.js';
import { startRoutingDesk, system, type RoutingDesk } from '../../../tests/simulate/routing-desk.js';
import { savePerson } from '../assign/save-person.js';
import { handOver } from './hand-over.js';
import { setTiers } from './set-tiers.js';

const pages = [
  '/desk/routing/people',
  '/desk/routing/people/2',
  '/desk/routing/away',
  '/desk/routing/tiers',
  '/desk/routing/responsibility',
  '/desk/routing/responsibility/edit?line=&type=',
  '/desk/routing/work',
  '/desk/routing/tickets/1/hand-over',
  '/desk/tickets/1',
  '/desk/tickets/2',
  '/desk/contacts/1',
];

describe.skipIf(!hasChromium)('pages of tiers for everybody', () => {
  let at: RoutingDesk;
  let browser: Browser;
  let token: string;

  beforeAll(async () => {
    at = await startRoutingDesk();
    const { app } = at.desk;
    const [front, experts] = [await at.team('Front office'), await at.team('Experts')];
    await setTiers(app, { tiers: new Map([[experts, 2]]), actor: system });
    const lea = await at.person('Lea', { teamIds: [front] });
    const ilya = await at.person('Ilya', { teamIds: [experts] });
    const skills = ['Stainless steel', 'Customs'];
    const away = { awayFrom: '2026-03-10', awayUntil: '2026-03-20', deputyId: ilya.id };
    await savePerson(app, { agentId: lea.id, loadLimit: 10, skills, ...away, actor: system });
    const contactId = await at.contact();
    const organizationId = await createOrganization(app, { name: 'Mill & Sons', actor: system });
    await addMembership(app, { contactId, organizationId, role: 'employee', actor: system });
    for (const assigneeId of [lea.id, at.desk.owner.id]) {
      const ticketId = await at.ticket({ contactId, teamId: front, assigneeId });
      if (assigneeId === lea.id) continue;
      const card = {
        wanted: 'Forty tonnes of pipes 89×6 by Friday, the old price, to the store in Perm',
        tried: 'Asked the store and the mill; nobody has the length',
        promised: 'A call today with yes or no',
        promisedAt: '2026-03-12T15:00:00.000Z',
      };
      const actor = { kind: 'agent', id: assigneeId } as const;
      await handOver(app, {
        ticketId,
        toTeamId: experts,
        workerId: ilya.id,
        card,
        agentId: assigneeId,
        actor,
      });
    }
    await at.desk.drain();
    token = (await at.visit(at.desk.owner)).token;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await at?.desk.close();
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
      expect((await page.goto(at.desk.url + path))?.status()).toBe(200);
      const card = page.locator('#props details:has(dl) > summary');
      if ((await card.count()) > 0) await card.click();
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
});
