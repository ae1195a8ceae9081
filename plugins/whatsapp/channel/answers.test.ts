import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerTicket, keepUpload, listAccountHealth } from '@helpdesk/core';
import { driveWhatsApp, type WhatsAppDriver } from '../fake/drive-whatsapp.js';
import { statusOf } from '../fake/payloads.js';
import { sampleTemplates } from '../fake/sample-templates.js';

const HOUR = 3_600_000;
describe('an answer by WhatsApp', () => {
  let driver: WhatsAppDriver;
  beforeAll(async () => void (driver = await driveWhatsApp('sqlite')));
  afterAll(() => driver.close());

  let n = 0;
  let from = '';
  let ticketId = 0;
  /** Somebody new has just written. */
  beforeEach(() => write({}));
  async function write({ id = `7900000${2000 + n}`, hidden }: { id?: string; hidden?: string }) {
    n += 1;
    from = hidden ?? id;
    const timestamp = String(Math.floor(driver.desk.clock.now().getTime() / 1000));
    const head = { id: `wamid.a${n}`, timestamp, type: 'text', text: { body: 'hello' } };
    const message = hidden ? { ...head, from_user_id: hidden } : { ...head, from };
    await driver.tell({ messages: [{ from, name: 'Ann', message }] }).make();
    await driver.desk.drain();
    const { app } = driver.desk;
    ticketId = (await app.db('tickets').orderBy('id', 'desc').first('id')).id;
  }
  async function answer(more: Partial<Parameters<typeof answerTicket>[1]>) {
    const { app, owner, clock } = driver.desk;
    const { messageId } = await answerTicket(app, {
      ticketId,
      agentId: owner.id,
      text: 'Hello',
      to: [{ name: '', kind: 'whatsapp', value: from }],
      actor: { kind: 'agent', id: owner.id },
      ...more,
    });
    clock.pass(10_000);
    await driver.desk.drain();
    return app.db('deliveries').where({ messageId }).first();
  }
  const upload = (filename: string, contentType: string) =>
    keepUpload(driver.desk.app, {
      agentId: driver.desk.owner.id,
      filename,
      contentType,
      content: Buffer.from(filename),
    });
  const sent = () => driver.fake.state.sent.filter(({ to }) => to === from);

  it('has the marks that WhatsApp shows', async () => {
    await answer({ text: '**Yes**, *really*, ~~no~~ [here](https://a.example)\n\n- one\n- two' });
    expect(sent()).toMatchObject([
      { type: 'text', text: '*Yes*, _really_, ~no~ here (https://a.example)\n\n• one\n• two' },
    ]);
  });

  it('asks by buttons that say what they are, also where a label is too long for one', async () => {
    const long = 'Yes, please send it again';
    const text = `${'word '.repeat(300)}\n\nShall we?`;
    await answer({ text, buttons: [long, `${long}!`, 'No'] });
    expect(sent().map(({ type }) => type)).toEqual(['text', 'interactive']);
    expect(
      sent()
        .map((one) => one.text)
        .join(' ')
        .replaceAll(/\s+/g, ' '),
    ).toBe(text.replaceAll(/\s+/g, ' '));
    const [first, second, third] = sent()[1]?.buttons ?? [];
    expect([first?.title, second?.title, third?.title]).toEqual([
      'Yes, please send it…',
      '2 Yes, please send i',
      'No',
    ]);
    const reply = { type: 'button_reply', button_reply: first };
    const timestamp = String(Math.floor(driver.desk.clock.now().getTime() / 1000));
    const message = { from, id: 'wamid.press', timestamp, type: 'interactive', interactive: reply };
    await driver.tell({ messages: [{ from, name: 'Ann', message }] }).make();
    await driver.desk.drain();
    expect(await driver.desk.app.db('messages').orderBy('id', 'desc').first()).toMatchObject({
      ticketId,
      text: long,
      flags: '["button"]',
    });
  });

  it('carries files one by one, the words under the first', async () => {
    const uploads = [await upload('a.png', 'image/png'), await upload('b.csv', 'text/csv')];
    await answer({ text: 'see', uploads });
    expect(sent().map(({ type, text, files }) => [type, text, files[0]?.content.toString()])).toEqual([
      ['image', 'see', 'a.png'],
      ['document', '', 'b.csv'],
    ]);
  });

  it('says before anything is sent that WhatsApp does not carry a kind of file', async () => {
    const uploads = [await upload('a.zip', 'application/zip')];
    expect(await answer({ uploads })).toMatchObject({
      state: 'failed',
      reason: 'WhatsApp carries no files of the type application/zip',
    });
    expect(sent()).toEqual([]);
  });

  it('goes to somebody who hides the number behind a user name', async () => {
    await write({ hidden: 'US.13491208655302741918' });
    expect(await answer({ to: [{ name: '', kind: 'whatsapp', value: from.toLowerCase() }] })).toMatchObject({
      state: 'sent',
    });
    expect(sent()).toHaveLength(1);
  });

  it('fails late when WhatsApp says so later, and the address is marked', async () => {
    const { externalId } = await answer({});
    const errors = [{ code: 131026, title: 'Message undeliverable', error_data: { details: 'no account' } }];
    await driver
      .tell({ statuses: [statusOf(externalId, 'failed', driver.desk.clock.now(), { errors })] })
      .make();
    const { app } = driver.desk;
    expect(await app.db('deliveries').where({ ticketId }).first()).toMatchObject({
      state: 'failed',
      reason: 'no account',
      code: 131026,
    });
    const identity = await app
      .db('identities')
      .where({ kind: 'whatsapp', normalised: from })
      .first('failedAt');
    expect(identity.failedAt).not.toBeNull();
  });

  it('has arrived also when WhatsApp said so before it said that it had taken it', async () => {
    const early = `wamid.${Buffer.from(`out ${driver.fake.state.nextId}`).toString('base64')}`;
    await driver.tell({ statuses: [statusOf(early, 'delivered', driver.desk.clock.now())] }).make();
    expect(await answer({})).toMatchObject({ externalId: early, deliveredAt: null });
    driver.desk.clock.pass(30_001);
    await driver.desk.drain();
    const delivery = await driver.desk.app.db('deliveries').where({ ticketId }).first('deliveredAt');
    expect(delivery.deliveredAt).not.toBeNull();
  });

  it.each([
    [131047, 'failed'],
    [130429, 'retry'],
    [80007, 'retry'],
    [131026, 'failed'],
  ])('with the error %i is %s', async (code, state) => {
    driver.fake.state.troubles.push(code);
    expect(await answer({})).toMatchObject({ state, code });
  });

  it('waits while the token is not valid any more, and the account says so', async () => {
    driver.fake.state.troubles.push(190);
    expect(await answer({})).toMatchObject({ state: 'retry', code: 190 });
    const [health] = await listAccountHealth(driver.desk.app.db);
    expect(health?.health).toEqual({ error: '(#190) trouble' });
  });

  describe('after a day', () => {
    const channel = () => {
      const found = driver.desk.app.channels.get('whatsapp');
      if (!found?.templates) throw new Error('it has no templates');
      return { templates: () => found.templates?.(driver.account) };
    };

    it('is one of the approved texts that words can fill, in the order of their names', async () => {
      driver.fake.state.templates.push(...sampleTemplates);
      const templates = (await channel().templates()) ?? [];
      expect(templates.map(({ key, title, text, values }) => ({ key, title, text, values }))).toEqual([
        { key: 'again', title: 'again', text: 'May we write again?', values: 0 },
        { key: 'by_name', title: 'by name', text: 'Dear {1}, see {2}', values: 2 },
        {
          key: 'order_sent',
          title: 'order sent',
          text: 'Order {1}\n\nHi {3}, {2} is on its way, {3}!\n\nBye',
          values: 3,
        },
      ]);
    });

    it('fills a template with values on one line, by place or by name', async () => {
      driver.desk.clock.pass(24 * HOUR);
      await expect(answer({})).rejects.toMatchObject({ code: 'REPLY_WINDOW_CLOSED' });
      const language = 'en_US';
      const values = ['A-1', 'a  kettle\nand a lamp', 'Ann'];
      await answer({ text: '', template: { key: 'order_sent', language, values } });
      await answer({ text: '', template: { key: 'by_name', language, values: ['Ann', 'it'] } });
      await answer({ text: '', template: { key: 'again', language, values: [] } });
      const word = (text: string) => ({ type: 'text', text });
      expect(sent().map(({ template }) => template)).toEqual([
        {
          name: 'order_sent',
          language: { code: language },
          components: [
            { type: 'header', parameters: [word('A-1')] },
            { type: 'body', parameters: [word('a kettle and a lamp'), word('Ann')] },
          ],
        },
        {
          name: 'by_name',
          language: { code: language },
          components: [
            {
              type: 'body',
              parameters: [
                { ...word('Ann'), parameter_name: 'first_name' },
                { ...word('it'), parameter_name: 'item' },
              ],
            },
          ],
        },
        { name: 'again', language: { code: language } },
      ]);
      const said = await driver.desk.app.db('messages').where({ ticketId, kind: 'outgoing' }).first('text');
      expect(said.text).toBe('Order A-1\n\nHi Ann, a  kettle\nand a lamp is on its way, Ann!\n\nBye');
    });

    it('asks for the list at most every few minutes', async () => {
      const asked = () =>
        driver.fake.state.calls.filter((call) => call.endsWith('/message_templates')).length;
      driver.desk.clock.pass(HOUR);
      await channel().templates();
      const before = asked();
      await channel().templates();
      expect(asked()).toBe(before);
      driver.desk.clock.pass(HOUR);
      await channel().templates();
      expect(asked()).toBeGreaterThan(before);
    });
  });
});
