import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addAgent, definePlugin, listAccounts, readSetupCode } from '@helpdesk/core';
import {
  mailboxSetup,
  mailer,
  type MailboxGuess,
  type MailboxSettings,
  type MailboxStep,
  type NoticeMail,
} from '@helpdesk/core/contracts';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { desk as deskPlugin } from '../index.js';

const system = { kind: 'system', id: 'test', door: 'test' } as const;
const owner = { email: 'olga@helpdesk.example', password: 'quiet green harbour' };
const server = (host: string, port: number) => ({ host, port, secure: 'tls' as const });
const gmail: MailboxGuess = {
  name: 'Gmail',
  imap: server('imap.gmail.example', 993),
  smtp: server('smtp.gmail.example', 465),
  hint: 'app-password',
  helpUrl: 'https://help.gmail.example/app',
};
const refused: MailboxStep = {
  step: 'sign-in',
  state: 'failed',
  trouble: { code: 'wrong-password', raw: 'AUTHENTICATIONFAILED' },
};

let folder: string;
let desk: TestDesk;
let mails: NoticeMail[];
let canSend: boolean;
let added: MailboxSettings[];

/** Mail without a network: one provider is known, and one password is right. */
const post = () =>
  definePlugin({ url: pathToFileURL(join(folder, 'index.js')).href } as ImportMeta, {
    provides: { mailboxSetup, mailer },
    register({ provide }) {
      provide(mailer, {
        ready: async () => canSend,
        send: async (mail) => void mails.push(mail),
      });
      provide(mailboxSetup, {
        recognise: async (address) => (address.endsWith('@gmail.example') ? gmail : null),
        check: async ({ password }) =>
          password === 'right' ? { ok: true, steps: [] } : { ok: false, steps: [refused] },
        add: async (settings) => {
          added.push(settings);
          return 1;
        },
        read: () => Promise.reject(new Error('not asked here')),
        change: () => Promise.reject(new Error('not asked here')),
      });
    },
  })({}, { enabled: true });

type Browser = ReturnType<typeof request.agent>;
const browse = (): Browser => request.agent(desk.server).set('Accept-Language', 'en');
const submit = (browser: Browser, path: string, fields: Record<string, string | string[]>) =>
  browser.post(path).set('Sec-Fetch-Site', 'same-origin').type('form').send(fields);

async function start(engine: 'sqlite' | 'postgres'): Promise<Browser> {
  const manifest = { name: 'plugin-post', version: '1.0.0', peerDependencies: { '@helpdesk/core': '*' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  desk = await startTestDesk({ engine, bare: true, config: { plugins: [deskPlugin(), post()] } });
  const browser = browse();
  await browser.get(`/desk/setup?code=${await readSetupCode(desk.app)}`);
  const fields = { company: 'Warm House', language: 'en', timeZone: 'Europe/Berlin', name: 'Olga', ...owner };
  await submit(browser, '/desk/setup', fields).expect(303).expect('Location', '/desk/setup/mailbox');
  return browser;
}

describe.each(testEngines)('the setup on %s', (engine) => {
  let browser: Browser;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'helpdesk-setup-'));
    mails = [];
    added = [];
    canSend = false;
    browser = await start(engine);
  });
  afterEach(async () => {
    await desk.close();
    await rm(folder, { recursive: true, force: true });
  });

  const locationOf = async (path: string, who = browser) =>
    (await who.get(path).expect(303)).headers['location'];
  const mailbox = (fields: Record<string, string>) => submit(browser, '/desk/setup/mailbox', fields);
  const team = (fields: Record<string, string | string[]>) => submit(browser, '/desk/setup/team', fields);
  const emailsIn = (html: string) =>
    [...html.matchAll(/id="f-email-\d+" name="email" type="email" value="([^"]*)"/g)].map(
      ([, value]) => value,
    );

  it('goes on where it was left: after a reload, a sign-in, and under its first address', async () => {
    expect(await locationOf('/desk/setup')).toBe('/desk/setup/mailbox');
    expect(await locationOf('/desk/setup/team')).toBe('/desk/setup/mailbox');
    await mailbox({ do: 'skip' }).expect(303).expect('Location', '/desk/setup/team');
    expect(await locationOf('/desk/setup')).toBe('/desk/setup/team');
    await browser.get('/desk/setup/mailbox').expect(200);
    const again = browse();
    await submit(again, '/desk/sign-in', owner).expect(303).expect('Location', '/desk/setup/team');
    const asked = { ...owner, next: '/desk/profile' };
    await submit(browse(), '/desk/sign-in', asked).expect('Location', '/desk/profile');
    expect((await again.get('/desk/inbox').expect(200)).text).toContain('href="/desk/setup/team"');
  });

  it('is over when it is finished, for everybody and for good', async () => {
    await mailbox({ do: 'skip' });
    await team({ do: 'skip' }).expect(303).expect('Location', '/desk/inbox');
    for (const path of ['/desk/setup/mailbox', '/desk/setup/team'])
      expect(await locationOf(path)).toBe('/desk/inbox');
    const late = { name: '', email: 'late@helpdesk.example', role: 'agent' };
    await team(late).expect(303).expect('Location', '/desk/inbox');
    await mailbox({ address: 'help@gmail.example', password: 'right' }).expect('Location', '/desk/inbox');
    expect(added).toEqual([]);
    expect(await desk.app.db('agents').where({ email: late.email })).toEqual([]);
    await submit(browse(), '/desk/sign-in', owner).expect('Location', '/desk');
    expect((await browser.get('/desk/inbox')).text).not.toContain('/desk/setup/');
  });

  it('is not the business of somebody without the right to its step', async () => {
    const anna = { email: 'anna@helpdesk.example', password: 'quiet green harbour' };
    await addAgent(desk.app, { ...anna, name: 'Anna', role: 'agent', actor: system });
    const other = browse();
    await submit(other, '/desk/sign-in', anna).expect('Location', '/desk');
    await other.get('/desk/setup/mailbox').expect(403);
    expect((await other.get('/desk/inbox')).text).not.toContain('/desk/setup/');
  });

  it('says what a provider asks for before anything is tried, and with what went wrong', async () => {
    const address = 'help@gmail.example';
    const asked: Record<string, string>[] = [{ address }, { address, password: 'typed', do: 'recognise' }];
    for (const fields of asked) {
      const { text } = await mailbox(fields).expect(200);
      expect(text).toContain('This looks like Gmail');
      expect(text).toContain('Make an app password');
      expect(text).toContain('href="https://help.gmail.example/app"');
      expect(text).toContain('value="imap.gmail.example"');
      expect(text).not.toContain('typed');
    }
    const failed = await mailbox({ address, password: 'wrong' }).expect(422);
    expect(failed.text).toContain('AUTHENTICATIONFAILED');
    expect(failed.text).toContain('Make an app password');
    const servers = { imapHost: 'imap.own.example', smtpHost: 'smtp.own.example' };
    const own = await mailbox({ address, password: 'wrong', ...servers }).expect(422);
    expect(own.text).not.toContain('This looks like Gmail');
    expect((await mailbox({ address: 'help@nowhere.example', do: 'recognise' }).expect(422)).text).toContain(
      'do not know the servers',
    );
    await mailbox({ address, ...servers }).expect(422);
    await mailbox({ address, password: 'right' }).expect(303).expect('Location', '/desk/setup/team');
    expect(added).toMatchObject([{ address, imap: gmail.imap }]);
  });

  it('says the same at the settings of mailboxes', async () => {
    const path = '/desk/settings/mailboxes';
    const fields = { name: 'Help', lineId: '1', address: 'help@gmail.example' };
    const found = await submit(browser, path, { ...fields, do: 'recognise' }).expect(200);
    expect(found.text).toContain('Make an app password');
    expect(found.text).toContain('value="smtp.gmail.example"');
    const failed = await submit(browser, path, { ...fields, password: 'wrong' }).expect(422);
    expect(failed.text).toContain('href="https://help.gmail.example/app"');
    expect(failed.text).toContain('AUTHENTICATIONFAILED');
    await submit(browser, path, { ...fields, address: 'help@nowhere.example', do: 'recognise' }).expect(422);
    await submit(browser, path, { ...fields, password: 'right' }).expect(303);
    expect(added).toHaveLength(1);
    expect(await listAccounts(desk.app.db)).toEqual([]);
  });

  describe('the team', () => {
    beforeEach(async () => {
      await mailbox({ do: 'skip' });
    });
    const rows = {
      name: ['Anna', ''],
      email: ['anna@helpdesk.example', 'bad one'],
      role: ['supervisor', 'agent'],
    };

    it('grows and shrinks by a row without a script; what was typed stays', async () => {
      expect(emailsIn((await browser.get('/desk/setup/team')).text)).toEqual(['', '']);
      const grown = await team({ ...rows, do: 'add' }).expect(200);
      expect(emailsIn(grown.text)).toEqual(['anna@helpdesk.example', 'bad one', '']);
      expect(grown.text).toMatch(/id="f-name-2"[^>]* autofocus/);
      expect(grown.text).toMatch(/value="supervisor" selected/);
      const shrunk = await team({ ...rows, remove: '1' }).expect(200);
      expect(emailsIn(shrunk.text)).toEqual(['anna@helpdesk.example']);
      expect(await desk.app.db('agents').count({ n: '*' }).first()).toEqual({ n: 1 });
    });

    it('is invited with names and roles; a wrong row stays with its trouble, links wait to be passed on', async () => {
      const answer = await team(rows).expect(422);
      expect(answer.text).toMatch(/\/desk\/invite\/[\w-]{20,}/);
      expect(answer.text).toContain('Enter a valid e-mail address.');
      expect(emailsIn(answer.text)).toEqual(['bad one']);
      const anna = await desk.app.db('agents').where({ email: 'anna@helpdesk.example' }).first();
      expect(anna).toMatchObject({ name: 'Anna', role: 'supervisor' });
      const nameless = await team({ name: 'Boris', email: '', role: 'agent' }).expect(422);
      expect(nameless.text).toContain('Enter an e-mail address.');
      await team({ name: '', email: '', role: 'agent' }).expect(303).expect('Location', '/desk/inbox');
    });

    it('gets its links by mail when the desk can send, and the setup is over', async () => {
      canSend = true;
      const email = ['anna@helpdesk.example', 'boris@helpdesk.example', ''];
      await team({ name: ['', '', ''], email, role: ['agent', 'agent', 'agent'] })
        .expect(303)
        .expect('Location', '/desk/inbox');
      expect(mails.map(({ to }) => to)).toEqual(email.slice(0, 2));
      expect(await desk.app.db('agents').where({ email: email[0] }).first()).toMatchObject({ name: 'anna' });
    });

    it('has no owner among its roles', async () => {
      expect((await browser.get('/desk/setup/team')).text).not.toContain('value="owner"');
    });
  });
});
