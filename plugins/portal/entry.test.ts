import { testEngines } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  browse,
  leadsTo,
  startPortalDesk,
  type Browsing,
  type PortalDesk,
} from '../../tests/portal/portal-desk.js';

describe.each(testEngines)('coming in on %s', (engine) => {
  let at: PortalDesk;
  beforeAll(async () => {
    at = await startPortalDesk(engine);
    await at.contact('Ann');
  });
  afterAll(() => at.close());

  /** The path of the newest link that was mailed. */
  const link = (): string =>
    /\/sign-in\/[\w-]+|\/profile\/confirm\/[\w-]+/.exec(at.post.mails.at(-1)?.text ?? '')?.[0] ?? '';
  const mailed = async (address: string, next = '') => {
    const stranger = await at.visit();
    const answer = await stranger.post('/sign-in', { address, next });
    await at.desk.app.signals.settled();
    return answer;
  };
  const enter = (answer: Response): Browsing =>
    browse(at.desk, /hdp=[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? '');

  it('a link lets its owner in once, by its button, and to the page they came for', async () => {
    const stranger = await at.visit();
    expect(leadsTo(await stranger.get('/requests?state=open'))).toBe(
      '/sign-in?next=%2Frequests%3Fstate%3Dopen',
    );
    expect(await (await mailed('ann@client.example', '/requests?state=open')).text()).toContain(
      'ann@client.example',
    );
    const path = link();
    for (let i = 0; i < 3; i += 1)
      expect((await stranger.get(path)).headers.get('set-cookie') ?? '').not.toContain('hdp=');
    const entered = await stranger.post(path);
    expect(leadsTo(entered)).toBe('/requests?state=open');
    expect((await enter(entered).get('/requests')).status).toBe(200);
    expect((await stranger.post(path)).status).toBe(410);
    expect((await stranger.get(path)).status).toBe(410);
  });

  it('the answer is the same for everybody, and the mail says nothing that was typed', async () => {
    const count = at.post.mails.length;
    const [known, machine] = [await mailed('ann@client.example'), await mailed('noreply@client.example')];
    const plain = async (answer: Response, address: string) =>
      (await answer.text()).replaceAll(address, '').replaceAll(/(_csrf" value=")[^"]+/g, '$1');
    expect(await plain(machine, 'noreply@client.example')).toBe(await plain(known, 'ann@client.example'));
    expect(at.post.mails.length).toBe(count + 1);
    expect(at.post.mails.at(-1)?.text).not.toContain('ann@');
    expect((await mailed('no address')).status).toBe(422);
  });

  it('somebody new becomes a contact and is asked for a name', async () => {
    await mailed('new@client.example', 'https://evil.example');
    const entered = await (await at.visit()).post(link());
    expect(leadsTo(entered)).toBe('/');
    const home = await (await enter(entered).get('/')).text();
    expect(home).toContain('not your name yet');
  });

  it('a password is set by who is in, works afterwards, and a wrong one says nothing', async () => {
    const browser = await at.visit('pass@client.example');
    const other = await at.visit('pass@client.example');
    expect((await browser.post('/profile/password', { password: 'short' })).status).toBe(422);
    expect((await browser.post('/profile/password', { password: 'apples and pears 7' })).status).toBe(303);
    expect(leadsTo(await other.get('/profile'))).toMatch(/^\/sign-in/);
    const stranger = await at.visit();
    const address = 'pass@client.example';
    const right = await stranger.post('/sign-in/password', {
      address,
      password: 'apples and pears 7',
      next: '/profile',
    });
    expect(leadsTo(right)).toBe('/profile');
    const wrong = await stranger.post('/sign-in/password', { address, password: 'apples and pears 8' });
    const unknown = await stranger.post('/sign-in/password', {
      address: 'x@client.example',
      password: 'apples',
    });
    expect([wrong.status, unknown.status]).toEqual([422, 422]);
    expect(leadsTo(await enter(right).post('/sign-out'))).toBe('/');
    expect(leadsTo(await enter(right).get('/profile'))).toMatch(/^\/sign-in/);
  });

  it('another address is added by who asked, by the button behind its link; one of another card is not', async () => {
    const browser = await at.visit('first@client.example');
    await browser.post('/profile/addresses', { address: 'second@client.example' });
    await at.desk.app.signals.settled();
    const path = link();
    const stranger = await at.visit('other@client.example');
    expect((await stranger.get(path)).status).toBe(410);
    expect((await stranger.post(path)).status).toBe(410);
    expect(await (await browser.get(path)).text()).toContain('second@client.example');
    expect(await (await browser.get('/profile')).text()).not.toContain('second@client.example');
    expect(leadsTo(await browser.post(path))).toBe('/profile');
    const profile = await (await browser.get('/profile')).text();
    expect(profile).toContain('second@client.example');
    const identityId = /name="identityId" value="(\d+)"/.exec(profile)?.[1] ?? '';
    await browser.post('/profile/addresses/remove', { identityId });
    expect(await (await browser.get('/profile')).text()).not.toContain('second@client.example');
    await browser.post('/profile/addresses', { address: 'other@client.example' });
    await at.desk.app.signals.settled();
    expect((await browser.post(link())).status).toBe(409);
  });

  it('the profile is saved, wrong input stays in its field, other devices can be signed out', async () => {
    const browser = await at.visit('pro@client.example');
    const other = await at.visit('pro@client.example');
    const wrong = await browser.post('/profile', { name: '', language: 'ru', timeZone: 'Nowhere/Land' });
    expect(wrong.status).toBe(422);
    const right = { name: 'Pro <b>', language: 'ru', timeZone: 'Asia/Yekaterinburg' };
    expect((await browser.post('/profile', right)).status).toBe(303);
    const page = await (await browser.get('/profile')).text();
    expect(page).toContain('Профиль');
    expect(page).toContain('Pro &lt;b&gt;');
    await browser.post('/language', { language: 'en', back: '/profile' });
    expect(await (await browser.get('/profile')).text()).toContain('Profile');
    await browser.post('/profile/devices');
    expect(leadsTo(await other.get('/profile'))).toMatch(/^\/sign-in/);
    expect((await browser.get('/profile')).status).toBe(200);
  });
});
