import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContact, findByIdentity } from '@helpdesk/core';
import { driveWhatsApp, signatureOf, type WhatsAppDriver } from '../fake/drive-whatsapp.js';
import { callOf, statusOf, type CallPart } from '../fake/payloads.js';
import { verifyToken } from './verify-address.js';

type Messages = NonNullable<CallPart['messages']>;

describe('what Meta calls', () => {
  let driver: WhatsAppDriver;
  beforeAll(async () => void (driver = await driveWhatsApp('sqlite')));
  afterAll(() => driver.close());

  let n = 0;
  /** A message of somebody new, unless `from` says who. */
  const written = (content: object, { from = `7900000${1000 + n}`, name = 'Ann Lee' } = {}) => {
    n += 1;
    const timestamp = String(Math.floor(driver.desk.clock.now().getTime() / 1000) - 600 + n);
    return { from, name, message: { from, id: `wamid.own${n}`, timestamp, ...content } };
  };
  const text = (body: string, more?: { from?: string; name?: string }) =>
    written({ type: 'text', text: { body } }, more);
  const tell = async (...parts: CallPart[]) => {
    const status = await driver.tell(...parts).make();
    await driver.desk.drain();
    return status;
  };
  const say = (...messages: Messages) => tell({ messages });
  const last = () => driver.desk.app.db('messages').orderBy('id', 'desc').first();
  const count = async (table: string) => (await driver.desk.app.db(table).select('id')).length;

  it('is answered with its challenge when it knows the verify token, and with nothing of ours otherwise', async () => {
    const token = verifyToken(driver.desk.app);
    const ask = (query: Record<string, string>) =>
      fetch(`${driver.callback}?${new URLSearchParams(query).toString()}`);
    const good = { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': '1158201444' };
    const answer = await ask(good);
    expect([answer.status, await answer.text()]).toEqual([200, '1158201444']);
    expect(answer.headers.get('Content-Type')).toMatch(/^text\/plain/);
    for (const wrong of [
      { 'hub.verify_token': `${token}x` },
      { 'hub.verify_token': '' },
      { 'hub.mode': 'unsubscribe' },
      { 'hub.challenge': '<script>' },
    ])
      expect((await ask({ ...good, ...wrong })).status).toBe(403);
    expect((await ask({})).status).toBe(403);
  });

  it('may hold several entries, messages and statuses: each message has a row of the journal, each its own words', async () => {
    const before = await count('intake');
    const [ann, bob, eve] = [text('from Ann'), text('from Bob', { name: 'Bob' }), text('from Eve')];
    const parts = [
      { messages: [ann, bob], statuses: [statusOf('wamid.unknown', 'sent', driver.desk.clock.now())] },
      { messages: [eve] },
    ];
    expect(await tell(...parts)).toBe(200);
    // Made again in another cut, as Meta does when it heard nothing: nothing new.
    expect(await tell({ messages: [eve, bob] })).toBe(200);
    expect((await count('intake')) - before).toBe(3);
    const own = driver.desk.app.db('messages').where('text', 'like', 'from %').orderBy('text');
    expect(await own.pluck('text')).toEqual(['from Ann', 'from Bob', 'from Eve']);
  });

  it('is checked over its bytes as they came, however they are written', async () => {
    const call = callOf(driver.fake, [{ messages: [text('Привет \u{1F98A}')] }]);
    const escaped = JSON.stringify(call, null, 2)
      .replaceAll(/[^\x20-\x7e\n]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .replaceAll('/', String.raw`\/`);
    const response = await fetch(driver.callback, {
      method: 'POST',
      headers: { 'X-Hub-Signature-256': signatureOf(escaped, driver.fake.state.appSecret) },
      body: escaped,
    });
    expect(response.status).toBe(200);
    await driver.desk.drain();
    expect(await last()).toMatchObject({ text: 'Привет \u{1F98A}' });
  });

  it('brings nothing for numbers that are not ours, and may not speak for a number of another app', async () => {
    const before = await count('intake');
    expect(await tell({ phoneNumberId: '999999999', messages: [text('elsewhere')] })).toBe(200);
    await driver.addNumber('555555555');
    const mixed = [{ messages: [text('mine')] }, { phoneNumberId: '555555555', messages: [text('theirs')] }];
    expect(await driver.tell(...mixed).make()).toBe(403);
    expect(await count('intake')).toBe(before);
  });

  it('goes to the number of ours that it names', async () => {
    const second = await driver.addNumber('777777777', driver.fake.state.appSecret);
    await tell({ phoneNumberId: '777777777', messages: [text('to the second')] });
    expect(await last()).toMatchObject({ text: 'to the second', accountId: second });
  });

  it('parks what cannot be read among what can', async () => {
    await say(
      { from: '79000000001', name: 'Ann', message: { type: 'text', id: 'wamid.odd' } },
      text('beside it'),
    );
    expect(await last()).toMatchObject({ text: 'beside it' });
    expect(await driver.desk.app.db('intake').where({ state: 'parked' }).pluck('reason')).toEqual([
      'unreadable',
    ]);
  });

  it('says in words what is no text', async () => {
    const from = '79001112233';
    const reply = { id: 'x', title: 'Yes' };
    const kinds: [object, object][] = [
      [
        { type: 'location', location: { latitude: 55.7, longitude: 37.6, name: 'Shop' } },
        { text: 'Shop\nhttps://www.openstreetmap.org/?mlat=55.7&mlon=37.6 (55.7,37.6)', flags: '[]' },
      ],
      [
        {
          type: 'contacts',
          contacts: [{ name: { formatted_name: 'Bob' }, phones: [{ phone: '+7 1' }], emails: [] }],
        },
        { text: 'Bob +7 1' },
      ],
      [
        { type: 'button', button: { text: 'Stop', payload: 'x' } },
        { text: 'Stop', flags: '["button"]' },
      ],
      [{ type: 'interactive', interactive: { type: 'list_reply', list_reply: reply } }, { text: 'Yes' }],
      [
        {
          type: 'order',
          order: { text: 'please', product_items: [{ product_retailer_id: 'A1', quantity: 2 }] },
        },
        { text: 'please\nA1 × 2' },
      ],
      [
        { type: 'unsupported', errors: [{ code: 131051 }] },
        { text: '', flags: '["truncated"]' },
      ],
    ];
    for (const [content, expected] of kinds) {
      await say(written(content, { from }));
      expect(await last()).toMatchObject(expected);
    }
    const before = await count('messages');
    await say(
      written({ type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '\u{1F44D}' } }, { from }),
    );
    expect(await count('messages')).toBe(before);
    expect(await driver.desk.app.db('intake').orderBy('id', 'desc').first('state', 'reason')).toEqual({
      state: 'refused',
      reason: 'reaction-unknown',
    });
  });

  it('waits for a file that WhatsApp does not give at once, and goes on without one that it never gives', async () => {
    const { fake, desk } = driver;
    const id = fake.addFile({ content: Buffer.from('voice'), type: 'audio/ogg' });
    const voice = written({ type: 'audio', audio: { id, mime_type: 'audio/ogg; codecs=opus', voice: true } });
    fake.state.isFileHostDown = true;
    await say(voice);
    const files = () =>
      desk.app.db('attachments').orderBy('id', 'desc').first('filename', 'contentType', 'size');
    expect(await files()).toBeUndefined();
    fake.state.isFileHostDown = false;
    desk.clock.pass(30_001);
    await desk.drain();
    const { timestamp } = voice.message as unknown as { timestamp: string };
    expect(await files()).toEqual({ filename: `audio-${timestamp}.ogg`, contentType: 'audio/ogg', size: 5 });
    await say(written({ type: 'image', image: { id: '404', caption: 'gone' } }));
    expect(await last()).toMatchObject({ text: 'gone', flags: '["file-missing"]' });
  });

  it('is of the contact whose number it is, and the number is kept as a way to reach them', async () => {
    const { app, owner } = driver.desk;
    const contactId = await createContact(app, {
      name: 'Vera',
      identities: [{ kind: 'phone', value: '+79161234567' }],
      actor: { kind: 'agent', id: owner.id },
    });
    await say(text('hello from Vera', { from: '79161234567', name: 'V.' }));
    expect(await last()).toMatchObject({ text: 'hello from Vera', contactId });
    const identity = { kind: 'whatsapp', normalised: '79161234567' };
    expect(await findByIdentity(app.db, identity)).toMatchObject({ contactId });
    const evidence = await app.db('matchEvidence').orderBy('id', 'desc').first('kind', 'plugin', 'decision');
    expect(evidence).toEqual({ kind: 'phone', plugin: 'whatsapp', decision: 'taken' });
  });

  it.each([
    ['+525512345678', '5215512345678'],
    ['+5511987654321', '551187654321'],
  ])('knows the number %s as WhatsApp writes it', async (phone, from) => {
    const { app, owner } = driver.desk;
    const contactId = await createContact(app, {
      name: phone,
      identities: [{ kind: 'phone', value: phone }],
      actor: { kind: 'agent', id: owner.id },
    });
    await say(text(`hello from ${phone}`, { from }));
    expect(await last()).toMatchObject({ contactId });
  });
});
