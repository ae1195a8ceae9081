import { signInVisitor } from '@helpdesk/core/testing';
import type { Locator, Page, Route } from 'playwright-core';
import type { Channels } from './start-channels.js';
import { signedIn } from './signed-in.js';
import type { Company } from './start-company.js';
import type { Site } from './start-site.js';
import { talkInChat } from './talk-in-chat.js';

export interface Scene {
  readonly company: Company;
  readonly channels: Channels;
  readonly site: Site;
}

export interface Picture {
  /** Of its file in docs/images, without the ending. */
  readonly name: string;
  readonly height?: number;
  /** What of the window is kept. */
  readonly shown?: { x: number; y: number; width: number; height: number };
  /** Opens what is to be seen. @returns the part of the page that is the picture; the window without it */
  take(page: Page, scene: Scene): Promise<Locator | undefined>;
}

const DAYS = 'from=2025-12-15&to=2026-03-11';

/** A page of the workspace, as the owner sees it. */
const desk =
  (path: string | ((scene: Scene) => string | Promise<string>), then?: (page: Page) => Promise<void>) =>
  async (page: Page, scene: Scene): Promise<undefined> => {
    const { url } = scene.company.desk;
    await page.context().addCookies([{ name: 'hd', value: await signedIn(scene.company.desk), url }]);
    await page.goto(url + (typeof path === 'string' ? path : await path(scene)));
    // A panel has a moment to load; later the page offers to ask again.
    while ((await page.getByText('did not load').count()) > 0) await page.reload();
    await then?.(page);
    return undefined;
  };

const beside =
  (ticket: (scene: Scene) => number, title: string) =>
  async (page: Page, scene: Scene): Promise<Locator> => {
    await desk(`/desk/tickets/${ticket(scene)}`)(page, scene);
    const panel = page.locator('#aside details', { has: page.locator('h2', { hasText: title }) });
    await panel.evaluate((one) => one.setAttribute('open', ''));
    await panel.scrollIntoViewIfNeeded();
    return panel;
  };

/** As a proxy in front of the desk does. */
async function bring(route: Route, to: string): Promise<void> {
  const { pathname, search } = new URL(route.request().url());
  const headers = { ...(await route.request().allHeaders()), 'sec-fetch-site': 'same-origin' };
  const response = await route.fetch({ url: to + pathname + search, headers, maxRedirects: 0 });
  await route.fulfill({ response });
}

/** Connecting a bot: its token is pasted and checked. */
const checked =
  (channel: 'telegram' | 'viber') =>
  async (page: Page, { channels }: Scene): Promise<undefined> => {
    const url = channels.desk.app.config.url;
    await page.route(`${url}/**`, (route) => bring(route, channels.desk.url));
    await page.route(`${url}/desk/live*`, (route) => route.abort());
    const cookie = { name: '__Host-hd', value: await signedIn(channels.desk), secure: true };
    await page.context().addCookies([{ ...cookie, url }]);
    await page.goto(`${url}/desk/settings/channels/new/${channel}`);
    await page
      .getByLabel(/token|key/i)
      .first()
      .fill(channels.tokens[channel]);
    await page.getByRole('button', { name: 'Check' }).click();
    await page.locator('.alert-ok').waitFor();
    return undefined;
  };

const customer =
  (path: string, isSignedIn: boolean, then?: (page: Page) => Promise<void>) =>
  async (page: Page, { company: { desk: at, today } }: Scene): Promise<undefined> => {
    if (isSignedIn) {
      const cookie = await signInVisitor(at, today.anna.address);
      await page.context().addCookies([{ name: 'hdp', value: cookie.replace('hdp=', ''), url: at.url }]);
    }
    await page.goto(at.url + path);
    await then?.(page);
    return undefined;
  };

/** Every picture of the docs. */
export const pictures: readonly Picture[] = [
  { name: 'inbox', take: desk('/desk/inbox?view=open') },
  {
    name: 'article',
    take: customer('/help/thermostats', false, async (page) => {
      await page
        .getByRole('link', { name: /Roll the TD-120 firmware back/ })
        .first()
        .click();
      await page.getByRole('heading', { level: 1 }).waitFor();
    }),
  },
  {
    name: 'portal',
    take: customer('/', true, async (page) => {
      await page.getByLabel('What happened').pressSequentially('thermostat loses the boiler');
      await page.getByText('This may already help').waitFor();
    }),
  },
  { name: 'routing', height: 900, take: desk('/desk/routing/rules/1') },
  { name: 'why', take: beside(({ company }) => company.today.boiler, 'Why') },
  { name: 'sla', take: desk(({ company }) => `/desk/sla/tickets/${company.today.boiler}`) },
  { name: 'surveys', take: desk(`/desk/surveys/report?kind=csat&by=segment&${DAYS}`) },
  { name: 'reporting', height: 900, take: desk(`/desk/reporting?${DAYS}`) },
  { name: 'stalls', take: desk(`/desk/reporting/stalls?${DAYS}`) },
  { name: 'tiers', height: 820, take: desk(({ company }) => `/desk/tickets/${company.today.handedOver}`) },
  {
    name: 'whatsapp',
    take: desk(async ({ company }) => {
      const row = await company.desk.app.db('tickets').where({ channel: 'whatsapp' }).first('id');
      return `/desk/tickets/${row.id}`;
    }),
  },
  { name: 'telegram', height: 560, take: checked('telegram') },
  { name: 'viber', height: 560, take: checked('viber') },
  { name: 'web-chat', height: 700, take: talkInChat },
];
