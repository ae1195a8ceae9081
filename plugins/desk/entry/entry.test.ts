import { addAgent, inviteAgent, readSetupCode, startReset } from '@helpdesk/core';
import { startTestDesk, type TestDesk } from '@helpdesk/core/testing';
import request from 'supertest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { desk as deskPlugin } from '../index.js';

const system = { kind: 'system', id: 'test', door: 'test' } as const;
const config = { plugins: [deskPlugin()] };

type Browser = ReturnType<typeof request.agent>;
const browse = (desk: TestDesk): Browser => request.agent(desk.server).set('Accept-Language', 'en');

/** Fills in a form the way a browser does: from the page, with what the page hides in it. */
async function send(
  browser: Browser,
  { page, to = page, ...fields }: { page: string; to?: string } & Record<string, string | undefined>,
) {
  const shown = await browser.get(page);
  const token = /name="_csrf" value="([^"]+)"/.exec(shown.text)?.[1] ?? '';
  return browser
    .post(to)
    .type('form')
    .send({ _csrf: token, ...fields });
}

const signInAs = (browser: Browser, email: string, password: string) =>
  send(browser, { page: '/desk/sign-in', email, password });

describe('signing in', () => {
  let desk: TestDesk;
  beforeEach(async () => {
    desk = await startTestDesk({ config });
  });
  afterEach(() => desk.close());

  it('leads to the page that was asked for', async () => {
    const browser = browse(desk);
    const asked = await browser.get('/desk/profile');
    expect(asked.headers['location']).toBe('/desk/sign-in?next=%2Fdesk%2Fprofile');
    const { email, password } = desk.owner;
    const answer = await send(browser, { page: '/desk/sign-in', email, password, next: '/desk/profile' });
    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe('/desk/profile');
    expect((await browser.get('/desk/profile')).text).toContain(email);
  });

  it.each(['//evil.example', 'https://evil.example/', '/\\evil.example'])(
    'never leads to %s',
    async (next) => {
      const { email, password } = desk.owner;
      const answer = await send(browse(desk), { page: '/desk/sign-in', email, password, next });
      expect(answer.headers['location']).toBe('/desk');
    },
  );

  it('keeps the address after a wrong password, and says the same of an unknown one', async () => {
    const known = await signInAs(browse(desk), desk.owner.email, 'not this one');
    const unknown = await signInAs(browse(desk), 'nobody@helpdesk.example', 'not this one');
    for (const answer of [known, unknown]) {
      expect(answer.status).toBe(422);
      expect(answer.text.split('The address or the password is not right.')).toHaveLength(2);
    }
    expect(known.text).toContain(`value="${desk.owner.email}"`);
  });

  it('says after how long to try again when there were too many tries', async () => {
    const browser = browse(desk);
    let answer = await signInAs(browser, desk.owner.email, 'not this one');
    for (let i = 0; i < 20 && answer.status === 422; i++)
      answer = await signInAs(browser, desk.owner.email, 'not this one');
    expect(answer.status).toBe(429);
    expect(answer.text).toMatch(/Try again in \d+ minute/);
  });

  it('ends the session that the browser came with', async () => {
    const browser = browse(desk);
    await signInAs(browser, desk.owner.email, desk.owner.password);
    const before = await desk.app.db('sessions').select<{ hash: string }[]>('hash');
    const { email, password } = desk.owner;
    await send(browser, { page: '/desk/reset', to: '/desk/sign-in', email, password });
    const after = await desk.app.db('sessions').select<{ hash: string }[]>('hash');
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
  });

  it('is over after signing out, on the server too', async () => {
    const browser = browse(desk);
    await signInAs(browser, desk.owner.email, desk.owner.password);
    const answer = await send(browser, { page: '/desk/profile', to: '/desk/sign-out' });
    expect(answer.headers['location']).toBe('/desk/sign-in');
    expect(await desk.app.db('sessions')).toEqual([]);
  });
});

describe('links from letters', () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await startTestDesk({ config });
  });
  afterAll(() => desk.close());

  it('answers the same for an address that is known and one that is not', async () => {
    const answers = [];
    for (const email of [desk.owner.email, 'nobody@helpdesk.example'])
      answers.push(await send(browse(desk), { page: '/desk/reset', email }));
    const [known, unknown] = answers.map(({ status, text }) => [
      status,
      text.replaceAll(/value="[^"]*"/g, ''),
    ]);
    expect(known).toEqual(unknown);
    expect(answers[0]?.text).toContain('If there is an account');
  });

  it('sets a new password once', async () => {
    const email = 'forgetful@helpdesk.example';
    const password = 'quiet green harbour';
    await addAgent(desk.app, { email, password, name: 'Forgetful', role: 'agent', actor: system });
    const started = await startReset(desk.app, { email, ip: '' });
    const page = `/desk/reset/${started?.token}`;
    const short = await send(browse(desk), { page, password: 'short' });
    expect(short.status).toBe(422);
    expect(short.text).toContain('at least 8 characters');
    const done = await send(browse(desk), { page, password: 'another quiet harbour' });
    expect(done.headers['location']).toBe('/desk/sign-in');
    expect((await browse(desk).get(page)).status).toBe(410);
    expect((await signInAs(browse(desk), email, password)).status).toBe(422);
    expect((await signInAs(browse(desk), email, 'another quiet harbour')).status).toBe(303);
  });

  it('lets somebody invited in, keeps the name after a bad password, and works once', async () => {
    const invited = await inviteAgent(desk.app, {
      email: 'new@helpdesk.example',
      name: 'new',
      role: 'agent',
      actor: system,
    });
    if (!invited.ok) throw new Error(invited.because);
    const page = `/desk/invite/${invited.token}`;
    const browser = browse(desk);
    const bad = await send(browser, { page, name: 'Nina <b>', password: 'password' });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain('value="Nina &lt;b&gt;"');
    const done = await send(browser, { page, name: 'Nina', password: 'quiet green harbour' });
    expect(done.headers['location']).toBe('/desk');
    expect((await browser.get('/desk/profile')).text).toContain('new@helpdesk.example');
    expect((await browse(desk).get(page)).status).toBe(410);
  });
});

describe('the setup', () => {
  let desk: TestDesk;
  beforeEach(async () => {
    desk = await startTestDesk({ config, bare: true });
  });
  afterEach(() => desk.close());
  const company = {
    company: 'Warm House',
    language: 'en',
    timeZone: 'Europe/Berlin',
    accent: 'plum',
    name: 'Olga',
    email: 'olga@helpdesk.example',
    password: 'quiet green harbour',
  };

  it('says where the code is to somebody without it', async () => {
    for (const page of ['/desk/setup', '/desk/setup?code=wrong']) {
      const answer = await browse(desk).get(page);
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('data/setup-code');
    }
    const posted = await send(browse(desk), { page: '/desk/setup', ...company });
    expect(posted.status).toBe(403);
    expect(await desk.app.db('agents')).toEqual([]);
  });

  it('speaks the language that was chosen, and keeps what was typed when something is wrong', async () => {
    const browser = browse(desk);
    const code = await readSetupCode(desk.app);
    await browser.get(`/desk/setup?code=${code}`);
    await browser.get('/desk/setup?language=ru');
    expect((await browser.get('/desk/setup')).text).toContain('Расскажите о компании');
    const bad = await send(browser, {
      page: '/desk/setup',
      ...company,
      email: 'not one',
      timeZone: 'Mars/Base',
    });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain('value="Warm House"');
    expect(bad.text).toContain('Введите правильный адрес почты.');
    expect(bad.text).not.toContain(company.password);
  });

  it('makes the company and its owner, signs in, and goes on with the mailbox', async () => {
    const browser = browse(desk);
    await browser.get(`/desk/setup?code=${await readSetupCode(desk.app)}`);
    const made = await send(browser, { page: '/desk/setup', ...company });
    expect(made.headers['location']).toBe('/desk/setup/mailbox');
    expect(desk.app.company).toMatchObject({ name: 'Warm House', timeZone: 'Europe/Berlin', accent: 'plum' });
    expect((await browse(desk).get('/desk/setup/mailbox')).headers['location']).toContain('/desk/sign-in');
  });
});

describe("one's own profile", () => {
  let desk: TestDesk;
  let browser: Browser;
  beforeEach(async () => {
    desk = await startTestDesk({ config });
    browser = browse(desk);
    await signInAs(browser, desk.owner.email, desk.owner.password);
  });
  afterEach(() => desk.close());

  it('changes the language at once and keeps a signature as it was typed', async () => {
    const signature = 'Olga\n<Warm House>';
    const saved = await send(browser, { page: '/desk/profile', name: 'Olga', language: 'ru', signature });
    expect(saved.status).toBe(303);
    const page = await browser.get('/desk/profile');
    expect(page.text).toContain('lang="ru"');
    expect(page.text).toContain('&lt;Warm House&gt;');
    expect(page.text).not.toContain('desk.profile.');
  });

  it('keeps what was typed when the time zone does not exist', async () => {
    const answer = await send(browser, { page: '/desk/profile', name: 'Olga B', timeZone: 'Mars/Base' });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('value="Olga B"');
  });

  it('wants the old password for a new one, and the rest of the page stays as it is', async () => {
    await send(browser, { page: '/desk/profile', name: 'Olga', language: 'ru', timeZone: 'Asia/Tokyo' });
    const wrong = await send(browser, {
      page: '/desk/profile',
      to: '/desk/profile/password',
      oldPassword: 'not this one',
      password: 'quiet green harbour',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Текущий пароль указан неверно.');
    expect(wrong.text).toMatch(/value="Asia\/Tokyo" selected/);
  });

  it('ends only sessions of its own', async () => {
    const other = browse(desk);
    const email = 'other@helpdesk.example';
    const password = 'quiet green harbour';
    await addAgent(desk.app, { email, password, name: 'Other', role: 'agent', actor: system });
    await signInAs(other, email, password);
    const theirs: { id: number } | undefined = await desk.app
      .db('sessions')
      .orderBy('id', 'desc')
      .first('id');
    await send(browser, {
      page: '/desk/profile',
      to: '/desk/profile/sessions',
      sessionId: String(theirs?.id),
    });
    expect((await other.get('/desk/profile')).status).toBe(200);
  });

  it('remembers the theme in a cookie that pages print', async () => {
    const page = '/desk/profile';
    await send(browser, { page, to: '/desk/preferences', theme: 'dark', back: '/desk/profile' });
    expect((await browser.get(page)).text).toContain('data-theme="dark"');
    await send(browser, { page, to: '/desk/preferences', theme: 'auto', back: '//evil.example' });
    expect((await browser.get(page)).text).not.toContain('data-theme=');
  });
});
