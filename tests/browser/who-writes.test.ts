import { AxeBuilder } from '@axe-core/playwright';
import {
  addAccount,
  addIdentity,
  addMembership,
  createContact,
  createContactRole,
  createOrganization,
  findTicket,
  markOrganization,
  receiveMessage,
  signIn,
  type NewEvidence,
} from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import { desk as deskPlugin } from '@helpdesk/plugin-desk';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchChromium } from '../setup/chromium.js';

const actor = { kind: 'system', id: 'test' } as const;

describe.skipIf(!hasChromium)('who writes, in a browser', () => {
  let desk: TestDesk;
  let browser: Browser;
  let cookie = '';
  let ivan = 0;
  let maybe = 0;
  let disputed = 0;

  beforeAll(async () => {
    desk = await startTestDesk({ config: { plugins: [deskPlugin()] } });
    const identities = [{ kind: 'email', value: 'ivan.petrov@firm.example' }];
    ivan = await createContact(desk.app, { name: 'Ivan Petrov', identities, actor });
    const phone = { kind: 'phone', value: '+7 912 555-01-01', label: 'work' };
    await addIdentity(desk.app, { contactId: ivan, ...phone, actor });
    const firm = await createOrganization(desk.app, {
      name: 'Firm of heating',
      domain: 'firm.example',
      actor,
    });
    await createContactRole(desk.app, { name: 'Founder', directs: true, actor });
    const hat = { contactId: ivan, organizationId: firm, actor };
    const validTo = new Date(desk.app.now().getTime() + 90 * 24 * 3_600_000).toISOString();
    const membership = await addMembership(desk.app, { ...hat, role: 'director', title: 'CEO', validTo });
    await addMembership(desk.app, { ...hat, organizationId: null, role: 'private' });
    const post = { channel: 'mail', lineId: 1, name: 'Support', address: 'help@desk.example', config: {} };
    const account = { id: await addAccount(desk.app, { ...post, actor }), channel: 'mail', lineId: 1 };
    const values = { domain: 'firm.example' };
    const take = (
      value: string,
      contactId: number | null,
      evidence: Pick<NewEvidence, 'strength' | 'decision'>,
    ) =>
      receiveMessage(desk.app, {
        account,
        from:
          contactId === null
            ? { create: { name: 'I. Petrov', identities: [{ kind: 'email', value, normalised: value }] } }
            : { contactId },
        ticketId: null,
        message: {
          externalId: null,
          fingerprint: value,
          writtenAt: null,
          subject: 'The boiler in the hall is cold again',
          text: 'Please come before Friday.',
          quote: '',
          html: null,
          htmlVersion: null,
          participants: { from: { name: 'I. Petrov', kind: 'email', value } },
          attachments: [],
          auto: null,
          flags: [],
        },
        ...(contactId === null ? {} : { membership: { id: membership, reason: 'core.hat.domain', values } }),
        evidence: [
          {
            candidateContactId: contactId === null ? ivan : other,
            kind: 'name-and-domain',
            detail: 'firm.example',
            plugin: 'core',
            ...evidence,
          },
        ],
      });
    const other = await createContact(desk.app, { name: 'Olga Ivanova', identities: [], actor });
    maybe = (await take('ip@firm.example', null, { strength: 'weak', decision: 'maybe' })).ticketId;
    disputed = (await take('ivan.petrov@firm.example', ivan, { strength: 'strong', decision: 'conflict' }))
      .ticketId;
    const mark = { organizationId: firm, contactId: ivan, actor };
    await markOrganization(desk.app, { ...mark, reason: 'complaint', ticketId: maybe });
    await markOrganization(desk.app, { ...mark, reason: 'byHand', note: 'Their lawyer called twice.' });
    const signed = await signIn(desk.app, { ...desk.owner, ip: '127.0.0.1', device: 'test' });
    cookie = signed.ok ? signed.token : '';
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  async function visit(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context: BrowserContext = await browser.newContext(options);
    await context.addCookies([{ name: 'hd', value: cookie, url: desk.url }]);
    const page = await context.newPage();
    await page.goto(desk.url + path);
    return page;
  }

  const pages = () => [
    `/desk/tickets/${maybe}`,
    `/desk/tickets/${disputed}`,
    `/desk/contacts/${ivan}`,
    '/desk/organizations/1',
    '/desk/inbox?view=undecided',
    '/desk/settings/names',
    '/desk/settings/lines',
  ];

  it.each(['light', 'dark'] as const)(
    'in %s nothing is for axe to find, and nothing wider than a phone',
    async (colorScheme) => {
      for (const path of pages()) {
        const page = await visit(path, { colorScheme, viewport: { width: 1280, height: 900 } });
        await page.evaluate(() => {
          for (const part of document.querySelectorAll('main details:not(.menu)'))
            part.setAttribute('open', '');
        });
        const found = await new AxeBuilder({ page }).options({ iframes: false }).analyze();
        const wrong = found.violations.map(
          ({ id, nodes }) => `${path} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
        );
        expect(wrong).toEqual([]);
        await page.setViewportSize({ width: 360, height: 780 });
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect([path, Math.max(360, width)]).toEqual([path, 360]);
        await page.context().close();
      }
    },
  );

  it('is decided without scripts and by keyboard, and taken back', async () => {
    const page = await visit(`/desk/tickets/${maybe}`, { javaScriptEnabled: false });
    await page.getByLabel('ip@firm.example is an address of Ivan Petrov from now on').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const contact = async () => (await findTicket(desk.app.db, maybe)).contactId;
    await expect.poll(contact).toBe(ivan);
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
    await expect.poll(contact).not.toBe(ivan);
    await page.context().close();
  });

  it('where signs disagree wants a choice, and takes it', async () => {
    const page = await visit(`/desk/tickets/${disputed}`);
    await page.getByRole('button', { name: 'Decide' }).click();
    expect((await findTicket(desk.app.db, disputed)).undecidedSince).not.toBeNull();
    await page.getByRole('radio', { name: /Ivan Petrov/ }).check();
    await page.getByRole('button', { name: 'Decide' }).click();
    await page.getByRole('heading', { name: /boiler/ }).waitFor();
    await expect.poll(async () => (await findTicket(desk.app.db, disputed)).undecidedSince).toBeNull();
    await page.context().close();
  });
});
