import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { definePlugin, signIn } from '@helpdesk/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { portalHooks } from '@helpdesk/plugin-portal/contract';
import {
  browse,
  leadsTo,
  numberIn,
  startPortalDesk,
  system,
  type PortalDesk,
} from '../../tests/portal/portal-desk.js';
import { portalSettings } from './settings.js';

const letter = { name: 'Max <b>', email: 'max@client.example', subject: 'Price', text: 'How much is it?' };

describe('the form for strangers', () => {
  let at: PortalDesk;
  beforeAll(async () => {
    at = await startPortalDesk();
  });
  beforeEach(() => at.desk.clock.pass(3_600_001));
  afterAll(() => at.close());

  const tickets = async (): Promise<number> => {
    const [row] = await at.desk.app.db('tickets').count({ n: '*' });
    return Number(row?.n);
  };

  it('becomes a ticket whose address is not proven; its owner sees it after signing in, and no mail goes out', async () => {
    const stranger = await at.visit();
    const answer = await stranger.post('/write', letter);
    expect(await answer.text()).toContain('max@client.example');
    const message = await at.desk.app.db('messages').orderBy('id', 'desc').first();
    expect(JSON.parse(message.flags)).toEqual(['unverified']);
    expect(at.post.mails).toEqual([]);
    const owner = await at.visit('max@client.example');
    expect(await (await owner.get('/requests')).text()).toContain('Price');
    expect(await (await (await at.visit('eve@client.example')).get('/requests')).text()).not.toContain(
      'Price',
    );
  });

  it('what is wrong is said at the field; our own addresses and programs get nowhere', async () => {
    const stranger = await at.visit();
    const before = await tickets();
    const wrong = await stranger.post('/write', { ...letter, email: 'nobody', text: '' });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('Max &lt;b&gt;');
    for (const email of ['help@mail.example', 'help+7@mail.example', 'noreply@client.example'])
      expect((await stranger.post('/write', { ...letter, email })).status).toBe(422);
    expect((await stranger.post('/write', { ...letter, website: 'https://spam.example' })).status).toBe(200);
    expect(await tickets()).toBe(before);
  });

  it('five an hour come in from one place', async () => {
    const stranger = await at.visit();
    const statuses: number[] = [];
    for (let i = 0; i < 6; i += 1) statuses.push((await stranger.post('/write', letter)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    at.desk.clock.pass(3_600_001);
    expect((await stranger.post('/write', letter)).status).toBe(200);
  });

  it('whoever is signed in writes a request instead, and where it is switched off there is no such page', async () => {
    expect(leadsTo(await (await at.visit('max@client.example')).get('/write'))).toBe('/requests/new');
    const values = { strangersWrite: false };
    await at.desk.app.settings.save('portal', portalSettings, { values, actor: system });
    const stranger = await at.visit();
    expect((await stranger.get('/write')).status).toBe(404);
    expect((await stranger.post('/write', letter)).status).toBe(404);
    expect(await (await stranger.get('/')).text()).not.toContain('/write');
    await at.desk.app.settings.save('portal', portalSettings, {
      values: { strangersWrite: true },
      actor: system,
    });
  });

  it('nothing is taken in without a mailbox, and the page says so', async () => {
    await at.desk.app.database.writer('channelAccounts').update({ enabled: 0 });
    const stranger = await at.visit();
    expect(await (await stranger.get('/write')).text()).toContain('cannot be taken in');
    expect((await stranger.post('/write', letter)).status).toBe(200);
    const health = await at.desk.app.health();
    expect(JSON.stringify(health)).toContain('No mailbox is connected');
    // The desk works: a monitor is not called, the administrator is told.
    const answer = await fetch(`${at.desk.url}/health`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ ok: true, isDegraded: true });
    const signed = await signIn(at.desk.app, { ...at.desk.owner, ip: '127.0.0.1', device: 'test' });
    const owner = browse(at.desk, `hd=${signed.ok ? signed.token : ''}`);
    const page = await (await owner.get('/desk/settings/health')).text();
    expect(page).toContain('something is not set up yet');
    expect(page).toContain('No mailbox is connected');
    await at.desk.app.database.writer('channelAccounts').update({ enabled: 1 });
  });
});

describe('an agent who looks as a customer', () => {
  let at: PortalDesk;
  beforeAll(async () => {
    at = await startPortalDesk();
  });
  afterAll(() => at.close());

  it('sees what the customer sees and changes nothing; leaving leads back to the contact', async () => {
    const ann = await at.contact('Ann');
    const own = await at.visit(ann);
    const number = numberIn(await own.post('/requests/new', { subject: 'Cold boiler', text: 'x' }));
    const owner = await signIn(at.desk.app, { ...at.desk.owner, ip: '127.0.0.1', device: 'test' });
    const agent = browse(at.desk, `hd=${owner.ok ? owner.token : ''}`);
    expect(await (await agent.get(`/desk/contacts/${ann}`)).text()).toContain('View as this customer');
    const started = await agent.post(`/desk/portal/contacts/${ann}/view`);
    expect(leadsTo(started)).toBe('/');
    const looking = browse(at.desk, /hdp=[^;]+/.exec(started.headers.get('set-cookie') ?? '')?.[0] ?? '');
    const home = await (await looking.get('/')).text();
    expect(home).toContain('You look as Ann');
    expect(home).toContain('Cold boiler');
    for (const path of [`/requests/${number}/solve`, '/requests/new', '/profile', '/language'])
      expect(
        (await looking.post(path, { subject: 'a', text: 'a', name: 'Eve', language: 'ru' })).status,
      ).toBe(403);
    expect((await at.ticket(number)).category).toBe('new');
    expect(leadsTo(await looking.post('/sign-out'))).toBe(`/desk/contacts/${ann}`);
    expect(leadsTo(await looking.get('/requests'))).toMatch(/^\/sign-in/);
    const plain = await at.agent('Piet', 'agent');
    const signed = await signIn(at.desk.app, { ...plain, ip: '127.0.0.1', device: 'test' });
    const colleague = browse(at.desk, `hd=${signed.ok ? signed.token : ''}`);
    expect((await colleague.post(`/desk/portal/contacts/${ann}/view`)).status).toBe(403);
    expect(await (await colleague.get(`/desk/contacts/${ann}`)).text()).not.toContain(
      'View as this customer',
    );
    expect((await agent.post('/desk/portal/contacts/999999/view')).status).toBe(404);
  });
});

describe('articles and promises of other plugins', () => {
  it('are shown: a promise until it is over, articles once before a request is taken in, and fields are told to whom they belong', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'helpdesk-helper-'));
    const manifest = { name: 'plugin-helper', version: '1.0.0', peerDependencies: { '@helpdesk/core': '*' } };
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    const by = '2026-03-12T17:00:00.000Z';
    const told: unknown[] = [];
    const helper = definePlugin({ url: pathToFileURL(join(folder, 'index.js')).href } as ImportMeta, {
      hooks: portalHooks,
      register({ collect }) {
        collect('portal.fields', ({ ticketId, fields }) => {
          told.push({ ticketId, fields });
          return [];
        });
        collect('portal.promises', ({ ticketIds }) => ticketIds.map((ticketId) => ({ ticketId, by })));
        collect('article.suggestions', ({ text }) =>
          text.includes('boiler')
            ? [{ title: 'Wire a boiler', url: '/help/boiler', snippet: 'Two wires' }]
            : [],
        );
      },
    });
    const at = await startPortalDesk('sqlite', 'en', [helper({}, { enabled: true })]);
    const browser = await at.visit('ann@client.example');
    const asked = await browser.post('/requests/new', { subject: 'My boiler', text: 'Cold' });
    expect(asked.status).toBe(200);
    const page = await asked.text();
    expect(page).toContain('Wire a boiler');
    expect(page).toContain('Send anyway');
    expect(await (await browser.get('/suggest?text=a+cold+boiler')).text()).toContain('/help/boiler');
    const taken = await browser.post('/requests/new', {
      subject: 'My boiler',
      text: 'Cold',
      anyway: '1',
      'helper.room': '7',
    });
    const number = numberIn(taken);
    const now = at.desk.app.now().toISOString();
    expect(now < by).toBe(true);
    expect(await (await browser.get('/requests')).text()).toContain('we will reply by 17:00 today');
    at.desk.clock.pass(12 * 3_600_000);
    expect(await (await browser.get('/requests')).text()).not.toContain('we will reply');
    expect(told).toEqual([{ ticketId: (await at.ticket(number)).id, fields: { 'helper.room': '7' } }]);
    await at.close();
    await rm(folder, { recursive: true, force: true });
  });
});
