import { createHmac } from 'node:crypto';
import { answerTicket, createContact, keepUpload, typing } from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { addChat, driveWebChat, type WebChatDriver } from './fake/drive-web-chat.js';
import type { ChatPage } from './fake/page.js';
import { endVisits } from './visitors/end-visits.js';
import type { Line } from './visitors/lines.js';

const DAY_MS = 24 * 3_600_000;

let driver: WebChatDriver | undefined;
afterEach(async () => {
  await driver?.close();
  driver = undefined;
});

const writes = (page: ChatPage, id: string, more: object = {}) =>
  page.call('send', { id: `message-${id}`, text: id, ...more });
const news = async (page: ChatPage, body: object = { after: 0 }) =>
  (await (await page.call('news', body)).json()) as { lines: Line[]; email: string | null };
const ticketOf = async (
  { desk }: WebChatDriver,
  text: string,
): Promise<{ ticketId: number; contactId: number }> =>
  desk.app.db('messages').where({ text, kind: 'incoming' }).first('ticketId', 'contactId');

async function replies(
  { desk }: WebChatDriver,
  page: ChatPage,
  { ticketId, text, uploads = [] }: { ticketId: number; text: string; uploads?: readonly string[] },
) {
  await answerTicket(desk.app, {
    ticketId,
    agentId: desk.owner.id,
    text,
    uploads,
    to: [{ name: '', kind: 'web-chat', value: page.visitor }],
    actor: { kind: 'agent', id: desk.owner.id },
  });
}

describe.each(testEngines)('visitors of a chat on %s', (engine) => {
  it('keeps visitors apart: what is another’s is unknown, whatever is asked', async () => {
    driver = await driveWebChat(engine);
    const [ann, bob] = [driver.page(), driver.page()];
    await writes(ann, 'ann-writes');
    await writes(bob, 'bob-writes');
    const { key } = await addChat(driver.desk.app);
    const tries = [
      { visitor: bob.visitor },
      { token: bob.token },
      { key },
      { visitor: 'f'.repeat(32) },
      { visitor: '1' },
      { visitor: `${bob.visitor}'--` },
    ];
    for (const about of tries)
      for (const [what, body] of [
        ['news', { after: 0, seen: 5 }],
        ['about', { email: 'eve@evil.example' }],
        ['send', { id: 'message-eve', text: 'eve writes' }],
      ] as const) {
        const response = await ann.call(what, body, about);
        // A name that is nobody's is a new visitor's.
        const isNew = what === 'send' && about.visitor === 'f'.repeat(32);
        expect([what, about, response.status]).toEqual([what, about, isNew ? 200 : 404]);
      }
    await driver.desk.drain();
    expect((await news(bob)).lines.map(({ text }) => text)).toEqual(['bob-writes']);
    expect((await news(ann)).lines.map(({ text }) => text)).toEqual(['ann-writes']);
    expect(JSON.stringify(await driver.desk.app.db('web_chat_visitors').select())).not.toContain(ann.token);
  });

  it('numbers what is said in the order of saying, once, and tells it as soon as it is there', async () => {
    driver = await driveWebChat(engine);
    const page = driver.page();
    for (const id of ['one', 'two', 'two', 'one']) expect((await writes(page, id)).status).toBe(200);
    await driver.desk.drain();
    const { ticketId } = await ticketOf(driver, 'one');
    const waiting = news(page, { after: 2, wait: true });
    await replies(driver, page, { ticketId, text: '**three**' });
    await driver.desk.drain();
    expect((await waiting).lines).toMatchObject([
      { number: 3, kind: 'out', author: 'Olga Owner', text: 'three' },
    ]);
    expect((await news(page)).lines.map(({ number, id, text }) => [number, id, text])).toEqual([
      [1, 'message-one', 'one'],
      [2, 'message-two', 'two'],
      [3, null, 'three'],
    ]);
    expect((await news(page, { after: 3 })).lines).toEqual([]);
    const delivery = () =>
      driver?.desk.app.db('deliveries').where({ ticketId }).first('deliveredAt', 'seenAt');
    expect(await delivery()).toMatchObject({ deliveredAt: expect.any(String), seenAt: null });
    await news(page, { after: 3, seen: 999 });
    expect(await delivery()).toMatchObject({ seenAt: expect.any(String) });
    // What is yet to come was not seen by that.
    await replies(driver, page, { ticketId, text: 'four' });
    await driver.desk.drain();
    expect(await driver.desk.app.db('web_chat_lines').where({ text: 'four' }).first('seenAt')).toEqual({
      seenAt: null,
    });
  });

  it('takes files before their message, gives them to nobody else, and shows what the team sends', async () => {
    driver = await driveWebChat(engine);
    const { app, owner } = driver.desk;
    const [ann, bob] = [driver.page(), driver.page()];
    const png = Buffer.from('\x89PNG\r\n\x1a\n a picture', 'latin1');
    const html = Buffer.from('<script>alert(1)</script>');
    const brought = await Promise.all([
      ann.bring({ name: '../valve.png', type: 'text/html', content: png }),
      ann.bring({ name: 'page.html', type: 'image/png', content: html }),
    ]);
    const seals = await Promise.all(
      brought.map(async (one) => ((await one.json()) as { seal: string }).seal),
    );
    expect((await writes(bob, 'stolen', { files: seals.slice(0, 1) })).status).toBe(422);
    expect((await writes(ann, 'changed', { files: [`${seals[0]}x`] })).status).toBe(422);
    // Words are not needed beside a file; sent twice it is one message.
    for (let time = 0; time < 2; time += 1)
      expect((await ann.call('send', { id: 'message-files', text: '', files: seals })).status).toBe(200);
    await driver.desk.drain();
    expect((await ann.bring({ name: 'a', content: png }, { token: 'f'.repeat(32) })).status).toBe(404);
    const kept = await app.db('attachments').orderBy('id').select('filename', 'contentType', 'size');
    expect(kept).toEqual([
      { filename: '.._valve.png', contentType: 'image/png', size: png.length },
      { filename: 'page.html', contentType: 'application/octet-stream', size: html.length },
    ]);
    const { ticketId } = await ticketOf(driver, '');
    const upload = { filename: 'Счёт.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF-1') };
    const key = await keepUpload(app, { agentId: owner.id, ...upload });
    await replies(driver, ann, { ticketId, text: 'the bill', uploads: [key] });
    await driver.desk.drain();
    const { lines } = await news(ann);
    expect(lines.map(({ files }) => files.map(({ name, isPicture }) => [name, isPicture]))).toEqual([
      [
        ['.._valve.png', true],
        ['page.html', false],
      ],
      [['Счёт.pdf', false]],
    ]);
    const [valve, page] = lines[0]?.files ?? [];
    const shown = await ann.fetch(valve?.path ?? '');
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(png);
    expect(shown.headers.get('Content-Disposition')).toMatch(/^inline/);
    const saved = await ann.fetch(page?.path ?? '');
    expect(saved.headers.get('Content-Disposition')).toMatch(/^attachment/);
    expect(saved.headers.get('Content-Type')).toBe('application/octet-stream');
    expect(saved.headers.get('Content-Security-Policy')).toContain('sandbox');
    expect((await ann.fetch((page?.path ?? '').replace('file/', 'file/x'))).status).toBe(403);
    expect((await ann.fetch(`file/${seals[0]}/valve.png`)).status).toBe(403);
    expect((await news(bob)).lines).toEqual([]);
  });

  it('takes what the site has signed for proof, and what was typed for a maybe', async () => {
    const secret = 'a secret of sixteen';
    driver = await driveWebChat(engine, { secrets: { userSecret: secret } });
    const identities = [{ kind: 'email', value: 'ann@client.example' }];
    const ann = await createContact(driver.desk.app, {
      name: 'Ann',
      identities,
      actor: { kind: 'system', id: 'test' },
    });
    const sign = createHmac('sha256', secret).update('ann@client.example').digest('hex');
    await writes(driver.page(), 'proven', { user: 'ann@client.example', sign });
    await writes(driver.page(), 'claimed', { email: 'Ann@Client.example' });
    await writes(driver.page(), 'forged', {
      user: 'ann@client.example',
      sign: sign.replace(/^./, (c) => (c === '0' ? '1' : '0')),
    });
    await writes(driver.page(), 'unsigned', { user: 'ann@client.example' });
    await driver.desk.drain();
    expect((await ticketOf(driver, 'proven')).contactId).toBe(ann);
    for (const text of ['claimed', 'forged', 'unsigned'])
      expect((await ticketOf(driver, text)).contactId).not.toBe(ann);
    const maybe = await driver.desk.app
      .db('matchEvidence')
      .where({ kind: 'chat-email', candidateContactId: ann })
      .select('decision', 'strength');
    expect(maybe).toEqual([{ decision: 'maybe', strength: 'weak' }]);
  });
});

describe('a chat', () => {
  it('refuses what is empty, too long or no message, and says which field', async () => {
    driver = await driveWebChat('sqlite');
    const page = driver.page();
    const refused = async (body: object) => {
      const response = await page.call('send', body);
      return [response.status, ((await response.json()) as { fields?: string[] }).fields];
    };
    expect(await refused({ id: 'message-1', text: ' \u0000 ' })).toEqual([422, ['text']]);
    expect(await refused({ id: 'message-1', text: 'x'.repeat(4001) })).toEqual([422, ['text']]);
    expect(await refused({ id: '../', text: 'x' })).toEqual([422, ['id']]);
    expect(await refused({ id: 'message-1', text: 'x', email: 'nobody' })).toEqual([422, ['email']]);
    expect(await refused({ id: 'message-1', text: 'x'.repeat(65 * 1024) })).toEqual([413, undefined]);
    expect((await writes(page, 'x'.repeat(40))).status).toBe(200);
  });

  it('says how long to wait when there is too much, in a way that the page may read', async () => {
    driver = await driveWebChat('sqlite', { limits: { messagesPerVisitor: 2, newVisitorsPerAddress: 3 } });
    const page = driver.page();
    await writes(page, 'one');
    await writes(page, 'two');
    const response = await writes(page, 'three');
    expect([response.status, response.headers.get('Access-Control-Allow-Origin')]).toEqual([
      429,
      'https://shop.example',
    ]);
    expect(await response.json()).toMatchObject({ error: 'busy', seconds: expect.any(Number) });
    expect((await writes(driver.page(), 'newcomer')).status).toBe(200);
    expect((await writes(driver.page(), 'one-too-many')).status).toBe(429);
    driver.desk.clock.pass(61_000);
    expect((await writes(page, 'three')).status).toBe(200);
  });

  it('takes so many megabytes of files an hour from one address, whoever says he is new', async () => {
    driver = await driveWebChat('sqlite', { limits: { megabytesPerAddress: 1 } });
    const content = Buffer.alloc(700 * 1024, 'x');
    const bring = async () => (await driver?.page().bring({ name: 'log.txt', content }))?.status;
    expect([await bring(), await bring(), await bring()]).toEqual([200, 200, 429]);
    driver.desk.clock.pass(61 * 60_000);
    expect(await bring()).toBe(200);
  });

  it('is a form while nobody of the team is at the desk', async () => {
    driver = await driveWebChat('sqlite');
    const { app, clock } = driver.desk;
    const { key } = await addChat(app, { config: { open: 'agents', away: 'Back on Monday' } });
    const hello = async () =>
      (await (await driver?.page().call('hello', { language: 'ru' }, { key }))?.json()) as object;
    const touch = (at: string | null) => app.database.writer('agents').update({ lastSeenAt: at });
    await touch(clock.now().toISOString());
    expect(await hello()).toMatchObject({
      isOpen: true,
      language: 'ru',
      greeting: expect.stringContaining('Здравствуйте'),
    });
    clock.pass(11 * 60_000);
    expect(await hello()).toMatchObject({ isOpen: false, away: 'Back on Monday' });
  });

  it('shows both sides that the other one is typing, and that they have stopped', async () => {
    driver = await driveWebChat('sqlite');
    const { app, clock } = driver.desk;
    const [page, stranger] = [driver.page(), driver.page()];
    expect((await stranger.call('typing', {})).status).toBe(404);
    await writes(page, 'question');
    await driver.desk.drain();
    const { ticketId } = await ticketOf(driver, 'question');
    expect((await page.call('typing', {}, { token: 'f'.repeat(32) })).status).toBe(404);
    expect((await page.call('typing', {})).status).toBe(200);
    expect(typing(app).isTyping(ticketId, 'contact', clock.now())).toBe(true);
    await writes(page, 'more');
    expect(typing(app).isTyping(ticketId, 'contact', clock.now())).toBe(false);
    const isTyping = async (wait: boolean, shown: boolean) =>
      ((await news(page, { after: 2, isTyping: shown, wait })) as { isTyping?: boolean }).isTyping;
    expect(await isTyping(false, false)).toBe(false);
    const begins = isTyping(true, false);
    typing(app).note(ticketId, 'agent', clock.now());
    expect(await begins).toBe(true);
    const ends = isTyping(true, true);
    typing(app).end(ticketId, 'agent');
    expect(await ends).toBe(false);
  });

  it('puts away what nobody came back to, keeps it on the ticket, and lets nobody in by the old name', async () => {
    driver = await driveWebChat('sqlite');
    const { desk } = driver;
    const [gone, back] = [driver.page(), driver.page()];
    await writes(gone, 'old-question');
    await writes(back, 'other-question');
    await desk.drain();
    const { ticketId } = await ticketOf(driver, 'old-question');
    desk.clock.pass(100 * DAY_MS);
    await news(back);
    desk.clock.pass(81 * DAY_MS);
    await endVisits(desk.app);
    expect((await news(back)).lines).toHaveLength(1);
    expect((await gone.call('news', { after: 0 })).status).toBe(404);
    for (const token of [gone.token, 'f'.repeat(32), ''])
      expect((await gone.call('send', { id: 'message-x', text: 'x' }, { token })).status).not.toBe(200);
    expect((await ticketOf(driver, 'old-question')).ticketId).toBe(ticketId);
    await replies(driver, gone, { ticketId, text: 'are you there?' });
    await desk.drain();
    expect(await desk.app.db('deliveries').where({ ticketId }).first('state')).toEqual({ state: 'failed' });
  });

  it('keeps an address for the answer', async () => {
    driver = await driveWebChat('sqlite');
    const page = driver.page();
    await writes(page, 'hello');
    expect((await page.call('about', { email: 'no address' })).status).toBe(422);
    expect((await page.call('about', { email: 'Ann@Client.example' })).status).toBe(200);
    expect((await news(page)).email).toBe('ann@client.example');
  });

  it('is set up by naming its sites, and keeps its key when it is changed', async () => {
    driver = await driveWebChat('sqlite');
    const setup = driver.desk.app.channels.get('web-chat')?.setup;
    const check = (values: object, accountId?: number) =>
      setup?.check({ origins: 'shop.example', ...values }, accountId === undefined ? {} : { accountId });
    expect(await check({ origins: '' })).toMatchObject({
      field: 'origins',
      because: 'web-chat.setup.noOrigin',
    });
    for (const wrong of ['javascript:alert(1)', 'shop', 'https://a@b.example', 'ftp://shop.example', '*'])
      expect(await check({ origins: `shop.example\n${wrong}` })).toMatchObject({ values: { typed: wrong } });
    expect(await check({ colour: 'red;}' })).toMatchObject({ field: 'colour' });
    expect(await check({ userSecret: 'short' })).toMatchObject({ field: 'userSecret' });
    expect(
      await check({ origins: 'Shop.example/contacts, http://localhost:3000\n магазин.рф' }),
    ).toMatchObject({
      ok: true,
      address: 'shop.example',
      config: {
        key: expect.stringMatching(/^[\w-]{22}$/),
        origins: 'https://shop.example\nhttp://localhost:3000\nhttps://xn--80aairftm.xn--p1ai',
      },
    });
    expect(await check({}, driver.account.id)).toMatchObject({ config: { key: driver.key } });
    expect(setup?.after?.(driver.account).values['script']).toBe(
      `<script src="https://help.acme.example/web-chat/widget.js" data-chat="${driver.key}" async></script>`,
    );
  });

  it('gives its window to any site, and keeps it for a while', async () => {
    driver = await driveWebChat('sqlite');
    const response = await fetch(`${driver.desk.url}/web-chat/widget.js`);
    expect(response.headers.get('Content-Type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('Cross-Origin-Resource-Policy')).toBe('cross-origin');
    expect(await response.text()).toContain('attachShadow');
    const said = await writes(driver.page(), 'hello');
    for (const { headers } of [response, said]) expect(headers.get('Set-Cookie')).toBeNull();
  });
});
