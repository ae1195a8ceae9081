import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addAccount, changeAgent, createLine, receiveMessage, sanitiseHtml, signIn } from '@helpdesk/core';
import { startTestDesk, testEngines, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { visitAs, type Visitor } from '../../admin/visit-as.js';
import { desk as deskPlugin } from '../../index.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const outside = vi.hoisted(() => ({ port: 0 }));
vi.mock('./picture-net.js', () => ({
  publicNet: {
    timeoutMs: 20_000,
    resolve: async () => ['127.0.0.1'],
    allows: (_: string, port: number) => port === outside.port,
  },
}));

const asked: string[] = [];
const server = createServer((request, answer) => {
  asked.push(request.url ?? '');
  if (request.url === '/page')
    answer.writeHead(200, { 'Content-Type': 'image/png' }).end('<script></script>');
  else answer.writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': 'spy=1' }).end(PNG);
});
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  outside.port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((done) => server.close(done)));

const actor = { kind: 'system', id: 'test', door: 'test' } as const;
const at = (path: string) => `http://pictures.example:${outside.port}${path}`;

describe.each(testEngines)('pictures of a letter from elsewhere, %s', (engine) => {
  let desk: TestDesk;
  let owner: Visitor;
  let account: { id: number; channel: string; lineId: number };
  let count = 0;

  beforeAll(async () => {
    desk = await startTestDesk({ engine, config: { plugins: [deskPlugin()] } });
    owner = await visitAs(desk);
    const line = await createLine(desk.app, { name: 'Support', actor });
    if (!line.ok) throw new Error(line.because);
    const fields = { channel: 'post', lineId: line.lineId, name: 'Post', address: 'post@company.example' };
    account = { ...fields, id: await addAccount(desk.app, { ...fields, config: {}, actor }) };
  });
  afterAll(() => desk?.close());
  beforeEach(() => {
    asked.length = 0;
  });

  async function receive(html: string, quote = ''): Promise<{ ticket: string; body: string; id: number }> {
    count += 1;
    const outcome = await receiveMessage(desk.app, {
      account,
      from: { create: { name: 'Carla', identities: [] } },
      ticketId: null,
      message: {
        externalId: `<${count}@client.example>`,
        fingerprint: `letter ${count}`,
        writtenAt: null,
        subject: 'Sale',
        text: 'Sale!',
        quote,
        html: sanitiseHtml(html, { remoteImages: 'block' }).html,
        htmlVersion: 1,
        participants: { from: { name: 'Carla', kind: 'email', value: 'carla@client.example' } },
        attachments: [],
        auto: null,
        flags: [],
      },
      evidence: [],
    });
    const id = outcome.messageId;
    return { id, ticket: `/desk/tickets/${outcome.ticketId}`, body: `/desk/messages/${id}/body` };
  }
  const withTwo = () =>
    receive(`<b>Sale!</b><img src="${at('/a.png?who=carla&amp;n=1')}"><img src="${at('/page')}">`);
  const sources = (text: string) => [...text.matchAll(/<img[^>]* src="([^"]*)"/g)].map(([, src = '']) => src);

  it.each([
    ['en', 'Show pictures', 'Hide pictures'],
    ['ru', 'Показать картинки', 'Скрыть картинки'],
  ])(
    'offers them by a link where there are any, and loads nothing by itself, in %s',
    async (language, show, hide) => {
      await changeAgent(desk.app, { agentId: owner.agentId, language, actor });
      const { ticket, body } = await withTwo();
      expect((await owner.get(ticket)).text).toContain(`src="${body}"`);
      const hidden = (await owner.get(body)).text;
      expect(hidden).toContain(`<a href="${body}?pictures=1">${show}</a>`);
      expect(sources(hidden)).toEqual([]);
      const shown = (await owner.get(`${body}?pictures=1`)).text;
      expect(shown).toContain(`<a href="${body}">${hide}</a>`);
      expect(sources(shown)).toHaveLength(2);
      const none = await receive('<b>No pictures</b>');
      expect((await owner.get(none.body)).text).not.toContain(show);
      await changeAgent(desk.app, { agentId: owner.agentId, language: 'en', actor });
      expect(asked).toEqual([]);
    },
  );

  it('offers them also at a letter that is shown as text', async () => {
    const { ticket, body } = await receive(`<b>Hi</b><img src="${at('/a.png')}">`, '-- \nCarla');
    const { text } = await owner.get(ticket);
    expect(text).toContain(`href="${body}?pictures&#x3D;1"`);
    expect(text).toContain('pictures from elsewhere are not loaded');
    const plain = await receive('<b>Hi</b>', '-- \nCarla');
    expect((await owner.get(plain.ticket)).text).not.toContain('pictures');
  });

  it('keeps the policy of the frame as it is: its pictures come from the desk alone', async () => {
    const { body } = await withTwo();
    const [hidden, shown] = [await owner.get(body), await owner.get(`${body}?pictures=1`)];
    const policy = shown.headers['content-security-policy'];
    expect(policy).toBe(hidden.headers['content-security-policy']);
    expect(policy).toMatch(/^default-src 'none'; img-src 'self';.*sandbox allow-same-origin/);
    expect(sources(shown.text).every((src) => src.startsWith('/desk/messages/'))).toBe(true);
  });

  it('fetches one, gives it as what its bytes are, and passes nothing else on', async () => {
    const { body } = await withTwo();
    const [first = '', second = ''] = sources((await owner.get(`${body}?pictures=1`)).text);
    const picture = await owner.get(first);
    expect(picture.status).toBe(200);
    expect(picture.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'private, max-age=86400',
    });
    expect(picture.headers['set-cookie']).toBeUndefined();
    expect(picture.body).toEqual(PNG);
    const refused = await owner.get(second);
    expect(refused.status).toBe(404);
    expect(refused.text).toBe('');
    expect(asked).toEqual(['/a.png?who=carla&n=1', '/page']);
  });

  it('is no open proxy: an address is of one reader, one letter and one place in it', async () => {
    const { id, body } = await withTwo();
    const another = await withTwo();
    const [first = ''] = sources((await owner.get(`${body}?pictures=1`)).text);
    const [, signature = ''] = first.split('?s=');
    const agent = await visitAs(desk, 'agent');
    const blind = await visitAs(desk, 'observer');
    await changeAgent(desk.app, { agentId: blind.agentId, sees: 'lines', lineIds: [], actor });
    const tries = [
      owner.get(`/desk/messages/${id}/pictures/0`),
      owner.get(`/desk/messages/${id}/pictures/0?s=`),
      owner.get(`/desk/messages/${id}/pictures/0?s=${'A'.repeat(22)}`),
      owner.get(`/desk/messages/${id}/pictures/1?s=${signature}`),
      owner.get(`/desk/messages/${id}/pictures/9?s=${signature}`),
      owner.get(`/desk/messages/${id}/pictures/x?s=${signature}`),
      owner.get(`/desk/messages/${another.id}/pictures/0?s=${signature}`),
      owner.get(`${first}&url=http://127.0.0.1:${outside.port}/other`).expect(200),
      agent.get(first),
      blind.get(first),
      blind.get(`${body}?pictures=1`),
    ];
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 404)).toEqual([200]);
    expect(asked).toEqual(['/a.png?who=carla&n=1']);
  });

  it('asks nobody when only a head is wanted', async () => {
    const { body } = await withTwo();
    const [first = ''] = sources((await owner.get(`${body}?pictures=1`)).text);
    const { token } = await signedIn();
    const answer = await fetch(desk.url + first, {
      method: 'HEAD',
      headers: { Cookie: `hd=${token}`, 'Sec-Fetch-Site': 'same-origin' },
    });
    expect(answer.status).toBe(404);
    expect(asked).toEqual([]);
  });

  async function signedIn(): Promise<{ token: string }> {
    const answer = await signIn(desk.app, { ...desk.owner, ip: '127.0.0.1', device: 'test' });
    if (!answer.ok) throw new Error(answer.because);
    return answer;
  }
});
