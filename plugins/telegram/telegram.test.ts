import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answerTicket, listAccountHealth } from '@helpdesk/core';
import { testChannel, testEngines } from '@helpdesk/core/testing';
import { webhookSecret } from './connect/webhook.js';
import { driveTelegram, updateOf, type TelegramDriver } from './fake/drive-telegram.js';

const abilities = {
  files: true,
  edits: true,
  order: true,
  reactions: true,
  failures: ['busy', 'refused', 'gone', 'silent'],
} as const;

describe.each(testEngines)('telegram by webhook on %s', (engine) => {
  testChannel({ it, beforeAll, afterAll }, () => driveTelegram(engine), abilities);
});

describe('a bot', () => {
  let driver: TelegramDriver | undefined;
  afterEach(async () => {
    await driver?.close();
    driver = undefined;
  });
  const ann = { id: 4711, name: 'Ann Lee' };

  it('tells Telegram where to call, with a secret, one call at a time', async () => {
    driver = await driveTelegram('sqlite');
    await driver.desk.drain();
    await expect
      .poll(() => driver?.fake.state.webhook)
      .toEqual({
        url: `https://help.acme.example/inbound/telegram/${driver.account.id}`,
        secret: webhookSecret(driver.desk.app, driver.account.id),
        allowed: ['message', 'edited_message', 'callback_query', 'message_reaction'],
        maxConnections: 1,
      });
  });

  it('asks for updates where it cannot be called, and says that they are taken only when they are', async () => {
    driver = await driveTelegram('sqlite', 'polling');
    const { fake, desk } = driver;
    for (const n of [1, 2]) fake.push(updateOf({ n, from: ann, text: `poll ${n}` }, fake));
    await expect
      .poll(async () => (await desk.app.db('messages').select('id')).length, { timeout: 20_000 })
      .toBe(2);
    const offsets = fake.state.calls
      .filter(({ method }) => method === 'getUpdates')
      .map(({ fields }) => fields['offset']);
    await expect
      .poll(() => fake.state.calls.some(({ fields }) => fields['offset'] === 500_003), { timeout: 10_000 })
      .toBe(true);
    expect(offsets[0]).toBeUndefined();
    const [health] = await listAccountHealth(desk.app.db);
    expect(health?.heartbeatAt).not.toBeNull();
  });

  it('greets who opens the chat, and opens no ticket', async () => {
    driver = await driveTelegram('sqlite');
    expect(await driver.call({ n: 1, from: ann, text: '/start' }).make()).toBe(200);
    await driver.desk.drain();
    expect(driver.fake.state.sent.map(({ chatId, text }) => ({ chatId, text }))).toEqual([
      { chatId: '4711', text: 'Hello! Write your question here, a person will answer.' },
    ]);
    expect(await driver.desk.app.db('tickets').select('id')).toEqual([]);
  });

  it('writes marks as Telegram shows them, an album with its words, and buttons that say what they are', async () => {
    driver = await driveTelegram('sqlite');
    const { desk, fake } = driver;
    await driver.call({ n: 1, from: ann, text: 'hello' }).make();
    await desk.drain();
    await answerTicket(desk.app, {
      ticketId: 1,
      agentId: desk.owner.id,
      text: '**Yes** or [no](https://a.example) <b>?',
      to: [{ name: '', kind: 'telegram', value: '4711' }],
      buttons: ['Да', 'Нет'],
      actor: { kind: 'agent', id: desk.owner.id },
    });
    desk.clock.pass(10_000);
    await desk.drain();
    expect(fake.state.sent).toMatchObject([{ text: 'Yes or no <b>?', buttons: ['Да', 'Нет'] }]);
    const press = {
      update_id: 600_000,
      callback_query: {
        id: 'cb',
        from: { id: 4711, first_name: 'Ann' },
        data: 'Да',
        message: { message_id: 1000, chat: { id: 4711, type: 'private' } },
      },
    };
    const response = await fetch(`${desk.url}/inbound/telegram/${driver.account.id}`, {
      method: 'POST',
      headers: { 'X-Telegram-Bot-Api-Secret-Token': webhookSecret(desk.app, driver.account.id) },
      body: JSON.stringify(press),
    });
    expect(response.status).toBe(200);
    await desk.drain();
    expect(await desk.app.db('messages').orderBy('id', 'desc').first('ticketId', 'text', 'flags')).toEqual({
      ticketId: 1,
      text: 'Да',
      flags: '["button"]',
    });
    expect(fake.state.calls.some(({ method }) => method === 'answerCallbackQuery')).toBe(true);
  });

  it('keeps out of groups', async () => {
    driver = await driveTelegram('sqlite');
    const update = updateOf({ n: 1, from: ann, text: 'hi all' }, driver.fake);
    const group = {
      ...update,
      message: { ...(update['message'] as object), chat: { id: -100, type: 'group' } },
    };
    const response = await fetch(`${driver.desk.url}/inbound/telegram/${driver.account.id}`, {
      method: 'POST',
      headers: { 'X-Telegram-Bot-Api-Secret-Token': webhookSecret(driver.desk.app, driver.account.id) },
      body: JSON.stringify(group),
    });
    expect(response.status).toBe(200);
    expect(await driver.desk.app.db('intake').select('id')).toEqual([]);
  });

  it('is known by its token: asked of Telegram, and refused in words', async () => {
    driver = await driveTelegram('sqlite');
    const setup = driver.desk.app.channels.get('telegram')?.setup;
    expect(await setup?.check({ token: 'abc' }, {})).toMatchObject({
      ok: false,
      because: 'telegram.setup.noToken',
    });
    expect(await setup?.check({ token: `1234:${'x'.repeat(35)}` }, {})).toMatchObject({
      because: 'telegram.setup.wrongToken',
    });
    const { token } = driver.fake.state;
    expect(await setup?.check({ token }, {})).toMatchObject({ because: 'telegram.setup.taken' });
    expect(await setup?.check({ token: '' }, { accountId: driver.account.id })).toEqual({
      ok: true,
      name: 'Warm House',
      address: '@warm_house_bot',
      config: { botId: 123456789 },
    });
  });
});
