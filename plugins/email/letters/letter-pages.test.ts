import {
  addAgent,
  answerTicket,
  changeAgent,
  findAccount,
  keepRaw,
  removeAccount,
  signIn,
} from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addTestMailbox } from '../../../tests/faults/test-mailbox.js';
import { readMailboxConfig } from '../channel/mailbox-config.js';
import { email } from '../index.js';

const system = { kind: 'system', id: 'test' } as const;

describe.each(testEngines)('how the letters of a mailbox look, %s', (engine) => {
  let desk: TestDesk;
  let cookie: string;
  let account: number;

  beforeAll(async () => {
    desk = await startTestDesk({ engine, config: { plugins: [email()] } });
    account = await addTestMailbox(desk.app);
    cookie = await cookieOf(desk.owner);
  });
  afterAll(() => desk?.close());

  async function cookieOf(person: { email: string; password: string }): Promise<string> {
    const answer = await signIn(desk.app, { ...person, ip: '127.0.0.1', device: 'test' });
    if (!answer.ok) throw new Error(answer.because);
    return `hd=${answer.token}`;
  }

  const page = (path: string, as = cookie) =>
    request(desk.server).get(path).set('Cookie', as).set('Accept', 'text/html');
  const send = async (fields: Readonly<Record<string, string>>, as = cookie) => {
    const { version } = await findAccount(desk.app.db, account);
    return request(desk.server)
      .post(`/desk/email/letters/${account}`)
      .set('Cookie', as)
      .set('Accept', 'text/html')
      .set('Sec-Fetch-Site', 'same-origin')
      .type('form')
      .send({ version: String(version), quote: 'last', ...fields });
  };
  const config = async () => readMailboxConfig(await findAccount(desk.app.db, account));
  const words = (text: string) => text.slice(text.indexOf('<main')).replaceAll(/<[^>]*>/g, ' ');

  it.each([
    ['en', 'To somebody who writes English'],
    ['ru', 'Тому, кто пишет по-английски'],
  ])('lists the mailboxes and opens each, every text there, in %s', async (language, title) => {
    await changeAgent(desk.app, { agentId: desk.owner.id, language, actor: system });
    const list = await page('/desk/email/letters');
    expect(list.text).toContain(`/desk/email/letters/${account}`);
    const one = await page(`/desk/email/letters/${account}`);
    expect(one.status).toBe(200);
    expect(one.text).toContain(title);
    for (const { text } of [list, one]) expect(words(text)).not.toMatch(/\bemail\.[a-z]+\.[a-zA-Z.]+/);
    await changeAgent(desk.app, { agentId: desk.owner.id, language: 'en', actor: system });
  });

  it('shows a letter before it is stored', async () => {
    const { text, status } = await send({
      preview: '1',
      fromName: '{{agent.name}} <b>',
      greetingEn: 'Dear {{customer.name}},',
      greetingRu: 'Здравствуйте, {{customer.name}}!',
      signatureEn: 'Yours, {{company.name}}, no. {{ticket.number}}',
    });
    expect(status).toBe(200);
    expect(text).toContain('Dear Carla Client,');
    expect(text).toContain('Здравствуйте, Карина Клиентова!');
    expect(text).toContain('Yours, Warm House, no. 1042');
    expect(text).toContain('&gt; the heater is cold since this morning.');
    expect(text).toContain('Olga Owner &lt;b&gt; &lt;support@desk.example&gt;');
    expect((await config()).greeting).toEqual({ ru: '', en: '' });
    expect((await send({ preview: '1', quote: 'none' })).text).not.toContain('&gt; the heater');
  });

  it('refuses what is no placeholder at its field, and says which there are', async () => {
    const { text, status } = await send({ greetingEn: 'Dear {{client.name}}', signatureRu: '{{x' });
    expect(status).toBe(422);
    expect(text).toContain('There is no {{client.name}}. Can be inserted: {{customer.name}}, {{agent.name}}');
    expect(text).toContain('href="#f-signatureRu"');
    expect(text).toContain('Dear {{client.name}}</textarea>');
    expect((await config()).greeting).toEqual({ ru: '', en: '' });
  });

  it('stores what was typed beside everything else, and writes letters so', async () => {
    const before = (await findAccount(desk.app.db, account)).config;
    const saved = await send({
      fromName: '{{company.name}}',
      greetingRu: 'Здравствуйте, {{customer.name}}!\r\n',
      greetingEn: 'Dear {{customer.name}},',
      signatureRu: 'С уважением,\r\n{{agent.name}}',
      signatureEn: 'Regards',
      quote: 'none',
    });
    expect(saved.status).toBe(303);
    expect((await findAccount(desk.app.db, account)).config).toMatchObject(before);
    expect(await config()).toMatchObject({
      greeting: { ru: 'Здравствуйте, {{customer.name}}!', en: 'Dear {{customer.name}},' },
      signature: { ru: 'С уважением,\n{{agent.name}}', en: 'Regards' },
      quote: 'none',
    });
    expect(await answerTo('Карина', 'Не греет')).toMatchObject({
      from: { name: 'Warm House' },
      greeting: 'Здравствуйте, Карина!',
      signature: 'С уважением,\nOlga Owner',
      quote: null,
    });
    expect((await answerTo('Carla', 'It is cold')).greeting).toBe('Dear Carla,');
  });

  it.each(['http://evil.example', 'a@b.example', 'Win at www.evil.example', 'x'.repeat(200), ''])(
    'prints no name that is none: %s',
    async (name) => {
      await send({ greetingEn: 'Dear {{customer.name}}', greetingRu: '' });
      expect((await answerTo(name, 'It is cold')).greeting).toBe('Dear');
    },
  );

  it('tells of a change made meanwhile and keeps what was typed', async () => {
    const conflict = await send({ version: '1', greetingEn: 'Mine' });
    expect(conflict.status).toBe(409);
    expect(conflict.text).toContain('>Mine</textarea>');
    expect((await config()).greeting.en).not.toBe('Mine');
  });

  it('is for those who manage mailboxes, and for mailboxes that are there', async () => {
    const person = { email: 'agent@helpdesk.example', password: 'correct horse battery' };
    await addAgent(desk.app, { ...person, name: 'Agent', role: 'agent', actor: system });
    const agent = await cookieOf(person);
    expect((await page('/desk/email/letters', agent)).status).toBe(403);
    expect((await page(`/desk/email/letters/${account}`, agent)).status).toBe(403);
    expect((await send({}, agent)).status).toBe(403);
    const gone = await addTestMailbox(desk.app);
    await removeAccount(desk.app, { accountId: gone, actor: system });
    for (const id of [gone, 999, '1e0', 'x'])
      expect((await page(`/desk/email/letters/${id}`)).status).toBe(404);
  });

  let count = 0;
  /** What is frozen for an answer to a letter of a new customer. */
  async function answerTo(name: string, text: string) {
    count += 1;
    const from = `=?utf-8?B?${Buffer.from(name).toString('base64')}?= <c${count}@client.example>`;
    const head = `Message-ID: <${count}@client.example>\r\nFrom: ${from}\r\nTo: support@desk.example\r\nSubject: S${count}`;
    await keepRaw(desk.app, {
      account: { id: account, channel: 'email' },
      externalId: `letter ${count}`,
      raw: Buffer.from(`${head}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`),
    });
    await desk.drain();
    const { ticketId } = await desk.app.db('messages').orderBy('id', 'desc').first('ticketId');
    const agentId = desk.owner.id;
    await answerTicket(desk.app, {
      ticketId,
      agentId,
      text: 'Answer',
      to: [{ name: '', kind: 'email', value: `c${count}@client.example` }],
      actor: { kind: 'agent', id: agentId },
    });
    const row = await desk.app.db('messages').where({ ticketId, kind: 'outgoing' }).first('frozen');
    return JSON.parse(row.frozen) as { greeting: string; signature: string; quote: unknown; from: object };
  }
});
