import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerTicket, keepUpload } from '@helpdesk/core';
import { testChannel, testEngines } from '@helpdesk/core/testing';
import { driveViber, idOf, tokenOf, type ViberDriver } from './fake/drive-viber.js';

const abilities = {
  files: true,
  order: true,
  receipts: true,
  failures: ['busy', 'refused', 'gone', 'silent'],
} as const;

describe.each(testEngines)('viber on %s', (engine) => {
  testChannel({ it, beforeAll, afterAll }, () => driveViber(engine), abilities);
});

describe('a bot of Viber', () => {
  let driver: ViberDriver;
  beforeAll(async () => void (driver = await driveViber('sqlite')));
  afterAll(() => driver.close());

  let n = 5000;
  const write = async (message: object) => {
    n += 1;
    await driver.tell({
      event: 'message',
      message_token: tokenOf(n),
      sender: { id: idOf(7), name: 'Ann', language: 'ru' },
      message,
    });
    await driver.desk.drain();
    return driver.desk.app.db('messages').orderBy('id', 'desc').first();
  };
  const answer = async (more: Partial<Parameters<typeof answerTicket>[1]>) => {
    const { app, owner, clock } = driver.desk;
    const { messageId } = await answerTicket(app, {
      ticketId: 1,
      agentId: owner.id,
      text: 'Hello',
      // As the editor has it.
      to: [{ name: '', kind: 'viber', value: idOf(7).toLowerCase() }],
      actor: { kind: 'agent', id: owner.id },
      ...more,
    });
    clock.pass(10_000);
    await driver.desk.drain();
    return app.db('deliveries').where({ messageId }).first();
  };
  const upload = (filename: string, contentType: string) =>
    keepUpload(driver.desk.app, {
      agentId: driver.desk.owner.id,
      filename,
      contentType,
      content: Buffer.from(filename),
    });
  const last = () => driver.fake.state.sent.at(-1);

  it('tells Viber where to call, and is called at once', async () => {
    await expect
      .poll(() => driver.fake.state.webhook)
      .toEqual({
        url: `https://help.acme.example/inbound/viber/${driver.account.id}`,
        events: ['delivered', 'seen', 'failed', 'conversation_started'],
      });
  });

  it('greets who opens the chat in the answer to the call, and opens no ticket', async () => {
    const user = { id: idOf(7), name: 'Ann' };
    expect(await driver.tell({ event: 'conversation_started', message_token: '1', user })).toEqual({
      status: 200,
      body: {
        sender: { name: 'Warm House' },
        type: 'text',
        text: 'Hello! Write your question here, a person will answer.',
      },
    });
    for (const event of ['subscribed', 'unsubscribed'])
      expect((await driver.tell({ event, user, user_id: user.id })).status).toBe(200);
    expect(await driver.desk.app.db('intake').select('id')).toEqual([]);
  });

  it('keeps numbers of 19 digits as they are, whatever stands in the words', async () => {
    const text = 'see "message_token": 1234567890123456789';
    expect(await write({ type: 'text', text })).toMatchObject({ text, externalId: tokenOf(n) });
  });

  it('says in words what is no text, and waits for a file that is not given at once', async () => {
    const location = { lat: 42.7, lon: 23.3 };
    expect(await write({ type: 'location', location })).toMatchObject({
      text: 'https://www.openstreetmap.org/?mlat=42.7&mlon=23.3 (42.7,23.3)',
    });
    const contact = { name: 'Bob', phone_number: '+359' };
    expect(await write({ type: 'contact', contact })).toMatchObject({ text: 'Bob +359' });
    expect(await write({ type: 'url', media: 'https://a.example' })).toMatchObject({
      text: 'https://a.example',
    });
    const media = driver.fake.addFile(Buffer.from('cat'));
    driver.fake.state.isFileHostDown = true;
    const before = await write({ type: 'sticker', media });
    driver.fake.state.isFileHostDown = false;
    driver.desk.clock.pass(30_001);
    await driver.desk.drain();
    const file = await driver.desk.app.db('attachments').orderBy('id', 'desc').first();
    expect(file.messageId).toBeGreaterThan(before.id);
    expect(file).toMatchObject({ contentType: 'image/png', size: 3 });
    const elsewhere = await write({ type: 'picture', text: 'look', media: 'https://evil.example/a.jpg' });
    expect(elsewhere).toMatchObject({ text: 'look', flags: '["file-missing"]' });
  });

  it('asks by a keyboard, and puts the words under a picture that comes alone', async () => {
    await answer({ text: '**Which** one?', buttons: ['A & B', 'No'] });
    expect(last()).toMatchObject({
      to: idOf(7),
      sender: 'Warm House',
      text: 'Which one?',
      buttons: [
        { says: 'A & B', text: 'A &amp; B' },
        { says: 'No', text: 'No' },
      ],
    });
    await answer({ text: 'see', uploads: [await upload('a.png', 'image/png')] });
    expect(last()).toMatchObject({ type: 'picture', text: 'see' });
  });

  it('gives files to those who hold the link, until it ends, and to nobody else', async () => {
    const { desk, fake } = driver;
    let link = '';
    const { reach } = fake.state;
    fake.state.reach = (url) => (link = reach(url));
    await answer({ uploads: [await upload('bill.pdf', 'application/pdf')] });
    const given = await fetch(link);
    expect(await given.text()).toBe('bill.pdf');
    expect(given.headers.get('Content-Disposition')).toBe('attachment');
    expect(given.headers.get('X-Content-Type-Options')).toBe('nosniff');
    const [, before = '', seal = '', after = ''] = /^(.*\/file\/)([^/]+)(\/.*)$/.exec(link) ?? [];
    for (const wrong of [seal.slice(0, -1), seal.replace(/^./, 'x'), 'x.y'])
      expect((await fetch(before + wrong + after)).status).toBe(403);
    desk.clock.pass(25 * 3_600_000);
    expect((await fetch(link)).status).toBe(403);
    fake.state.reach = reach;
  });

  it('fails late when Viber says so later', async () => {
    const { id, externalId } = await answer({});
    await driver.tell({
      event: 'failed',
      message_token: externalId,
      user_id: idOf(7),
      desc: 'too old a client',
    });
    expect(await driver.desk.app.db('deliveries').where({ id }).first()).toMatchObject({
      state: 'failed',
      reason: 'too old a client',
    });
  });

  it.each([
    [2, 'retry'],
    [5, 'failed'],
    [9, 'failed'],
    [12, 'retry'],
  ])('with the status %i is %s', async (code, state) => {
    driver.fake.state.troubles.push(code);
    expect(await answer({})).toMatchObject({ state, code });
    driver.desk.clock.pass(3_600_000);
    await driver.desk.drain();
  });

  it('is known by its key: asked of Viber, and refused in words', async () => {
    const setup = driver.desk.app.channels.get('viber')?.setup;
    const check = (token: string, accountId?: number) =>
      setup?.check({ token }, accountId === undefined ? {} : { accountId });
    expect(await check('abc')).toMatchObject({ because: 'viber.setup.noToken', field: 'token' });
    expect(await check(`${'a'.repeat(16)}-${'b'.repeat(16)}-${'c'.repeat(16)}`)).toMatchObject({
      because: 'viber.setup.wrongToken',
    });
    expect(await check(driver.fake.state.token)).toMatchObject({ because: 'viber.setup.taken' });
    expect(await check('', driver.account.id)).toEqual({
      ok: true,
      name: 'Warm House',
      address: 'warmhouse',
      config: { botId: 'pa:75346594275468546724' },
    });
  });
});
