import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startViewAs } from '../contacts/access/public.js';
import { changeContact } from '../contacts/public.js';
import { definePlugin } from '../plugins/define-plugin.js';
import { signInVisitor, startTestDesk, type TestDesk } from '../testing/index.js';
import type { PortalContext } from './context.js';

let desk: TestDesk;
let folder: string;
let cookie: string;
let contactId = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'helpdesk-portal-'));
  const manifest = { name: 'plugin-shop', version: '1.0.0', peerDependencies: { '@helpdesk/core': '*' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const shop = definePlugin({ url: pathToFileURL(join(folder, 'index.js')).href } as ImportMeta, {
    register({ portal }) {
      const tell = (ctx: PortalContext) =>
        ctx.json({
          name: ctx.visitor?.name ?? null,
          actor: ctx.actor,
          language: ctx.language,
          zone: ctx.timeZone,
        });
      portal.get('/', tell);
      portal.post('/', tell);
      portal.own.get('/mine', tell);
      portal.own.get('/mine/live', tell);
      portal.own.post('/mine', tell);
      portal.own.post('/leave', tell, { whileViewing: true });
      portal.own.post(
        '/files',
        async (ctx) => ctx.json((await ctx.uploads()).map(({ filename }) => filename)),
        {
          files: true,
        },
      );
      portal.post('/open-files', tell, { files: true });
      portal.get('/away', (ctx) => ctx.redirect('https://evil.example/'));
    },
  });
  const company = { languages: ['en', 'ru'] as const, proxies: 1 };
  desk = await startTestDesk({ config: { ...company, plugins: [shop({}, { enabled: true })] } });
  cookie = await signInVisitor(desk, 'anna@home.example');
  const [contact] = await desk.app.db('contacts').select('id');
  contactId = contact.id;
  const fields = { name: 'Anna', language: 'ru', timeZone: 'Asia/Omsk' };
  await changeContact(desk.app, { contactId, fields, actor: { kind: 'system', id: 'test' } });
});
afterAll(async () => {
  await desk.close();
  await rm(folder, { recursive: true, force: true });
});
// What was taken from the budget of a minute does not count in the next test.
beforeEach(() => desk.clock.pass(60_000));

const get = (path: string) => request(desk.server).get(`/shop${path}`);
const post = (path: string) => request(desk.server).post(`/shop${path}`).set('Sec-Fetch-Site', 'same-origin');

it('tells handlers who is signed in, and acts and speaks as they do', async () => {
  const anna = {
    name: 'Anna',
    actor: { kind: 'contact', id: contactId, door: 'portal' },
    language: 'ru',
    zone: 'Asia/Omsk',
  };
  expect((await get('/').set('Cookie', cookie)).body).toEqual(anna);
  expect((await get('/mine').set('Cookie', cookie)).body).toEqual(anna);
  expect((await get('/')).body).toMatchObject({ name: null, actor: { kind: 'system' } });
});

it('speaks to strangers as their browser does, in a language that the company has', async () => {
  expect((await get('/').set('Accept-Language', 'ru-RU,ru;q=0.9')).body).toMatchObject({ language: 'ru' });
  expect((await get('/').set('Accept-Language', 'de')).body).toMatchObject({ language: 'en' });
});

it('asks those who are not signed in to do so, and brings them back', async () => {
  const asked = await get('/mine?state=open');
  expect([asked.status, asked.headers['location']]).toEqual([
    303,
    '/sign-in?next=%2Fshop%2Fmine%3Fstate%3Dopen',
  ]);
  expect((await post('/mine')).headers['location']).toBe('/sign-in?next=%2F');
  expect((await get('/mine').set('X-Fragment', '1')).status).toBe(401);
  expect((await get('/mine/live')).status).toBe(401);
  expect((await get('/mine').set('Cookie', 'hdp=nonsense')).status).toBe(303);
});

it('does not take an agent for a customer, nor a customer for an agent', async () => {
  const token = cookie.slice('hdp='.length);
  expect((await get('/mine').set('Cookie', `hd=${token}`)).status).toBe(303);
});

it('refuses forms that come from elsewhere', async () => {
  const from = (site: string) =>
    request(desk.server).post('/shop/mine').set('Cookie', cookie).set('Sec-Fetch-Site', site);
  expect((await from('cross-site')).status).toBe(403);
  expect((await from('same-origin')).status).toBe(200);
});

it('takes files where a page says so, from those who are signed in', async () => {
  const send = (path: string) => post(path).attach('file', Buffer.from('x'), 'a.txt');
  expect((await send('/files').set('Cookie', cookie)).body).toEqual(['a.txt']);
  expect((await send('/files')).status).toBe(303);
  expect((await send('/mine').set('Cookie', cookie)).status).toBe(400);
  expect((await send('/open-files')).status).toBe(400);
  expect((await send('/')).status).toBe(400);
});

it('lets an agent look as a customer, change nothing, and leave', async () => {
  const agent = { id: desk.owner.id };
  const { token } = await startViewAs(desk.app, { contactId, agent, ip: '', device: 'test' });
  const as = `hdp=${token}`;
  const seen = await get('/mine').set('Cookie', as);
  expect(seen.body).toMatchObject({
    name: 'Anna',
    actor: { kind: 'agent', id: desk.owner.id, door: 'portal' },
  });
  for (const path of ['/mine', '/', '/files']) {
    const refused = await post(path).set('Cookie', as).set('Accept', 'text/html');
    expect(refused.status).toBe(403);
    expect(refused.text).toContain('Вы только смотрите');
  }
  expect((await post('/leave').set('Cookie', as)).status).toBe(200);
});

it('leads nobody to another site', async () => {
  expect((await get('/away')).headers['location']).toBe('/');
});

it('has a budget of pages and forms a minute for each address', async () => {
  const from = (ip: string, send: typeof post) => send('/').set('X-Forwarded-For', ip);
  for (let n = 0; n < 40; n++) expect((await from('10.0.0.1', post)).status).toBe(200);
  const refused = await from('10.0.0.1', post);
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60']);
  expect((await from('10.0.0.2', post)).status).toBe(200);
  for (let n = 0; n < 240; n++) expect((await from('10.0.0.1', get)).status).toBe(200);
  expect((await from('10.0.0.1', get)).status).toBe(429);
  desk.clock.pass(60_000);
  expect((await from('10.0.0.1', post)).status).toBe(200);
  expect((await from('10.0.0.1', get)).status).toBe(200);
});
