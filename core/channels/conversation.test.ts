import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { carla, channelBench, system, type ChannelBench } from '../../tests/mail/channel-bench.js';
import { testEngines } from '../testing/test-database.js';
import { closeTicket } from '../tickets/actions/close-ticket.js';
import { readTimeline } from '../tickets/queries/read-timeline.js';
import { answerTicket } from './actions/answer-ticket.js';
import { noteReceipt } from './actions/note-receipt.js';
import { ParseLater, type Channel } from './channel.js';
import { createIntake } from './intake/create-intake.js';
import { keepRaw } from './intake/keep-raw.js';
import { createOutbox } from './outbox/create-outbox.js';
import { findReplyWindow } from './queries/find-reply-window.js';

const HOUR = 3_600_000;
const actor = system;
const hello = { key: 'hello', title: 'Hello', language: 'en', text: 'Hello {1}, about {2}', values: 2 };
const messenger: Partial<Channel> = {
  isConversation: true,
  limits: {
    undoMs: 0,
    maxAttachmentBytes: 1000,
    canCc: false,
    maxCharacters: 40,
    maxAttachments: 1,
    maxButtons: 2,
    replyWindowMs: 24 * HOUR,
  },
  templates: () => Promise.resolve([hello]),
};

describe.each(testEngines)('a messenger on %s', (engine) => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(engine, messenger);
  });
  afterEach(() => bench.close());

  const intake = () => createIntake(bench.app).drain();
  const outbox = () => createOutbox(bench.app).drain();
  const write = async (letter: Parameters<ChannelBench['post']>[0]) => {
    await bench.post(letter);
    await intake();
  };
  const answer = (more: object = {}) =>
    answerTicket(bench.app, { ticketId: 1, agentId: 1, text: 'Press reset', to: [carla], actor, ...more });
  const said = async () =>
    (await readTimeline(bench.app.db, { ticketId: 1 })).messages.map(({ text }) => text);

  it('goes on in the ticket where its writer wrote last, until that is closed', async () => {
    await write({ text: 'one' });
    await write({ text: 'two', subject: null });
    expect(await said()).toEqual(['one', 'two']);
    await closeTicket(bench.app, { ticketId: 1, actor });
    await write({ text: 'three' });
    expect(await said()).toEqual(['one', 'two']);
    expect(await bench.app.db('ticketLinks').select('fromTicketId', 'toTicketId', 'kind')).toEqual([
      { fromTicketId: 2, toTicketId: 1, kind: 'follow-up' },
    ]);
    await write({ text: 'four', from: { ...carla, value: 'else@client.example' } });
    expect(await bench.app.db('tickets').where({ id: 3 }).first('contactId')).toMatchObject({ contactId: 2 });
  });

  it('reads what came out of order in the order of the provider', async () => {
    for (const sequence of [3, 1, 2]) await bench.post({ text: `part ${sequence}`, sequence });
    await intake();
    expect(await said()).toEqual(['part 1', 'part 2', 'part 3']);
  });

  it('keeps what a message said before its writer changed it, and lets nobody else change it', async () => {
    await write({ externalId: 'a', text: 'the kettle' });
    const change = { of: 'a', kind: 'edited' as const };
    await write({ externalId: 'b', text: 'the lamp', change });
    const stranger = { ...carla, value: 'eve@evil.example' };
    await write({ externalId: 'c', text: 'nothing', change, from: stranger });
    await write({ externalId: 'd', text: '', change: { of: 'a', kind: 'deleted' } });
    const { messages, edits } = await readTimeline(bench.app.db, { ticketId: 1 });
    expect(messages.map(({ text, flags }) => ({ text, flags }))).toEqual([
      { text: 'the lamp', flags: ['edited', 'deleted'] },
    ]);
    expect(edits.map(({ kind, text }) => [kind, text])).toEqual([
      ['edited', 'the kettle'],
      ['deleted', 'the lamp'],
    ]);
    expect(await bench.events('message.changed')).toHaveLength(2);
    expect(await bench.app.db('intake').where({ state: 'parked' }).select('reason')).toEqual([
      { reason: 'change-unknown' },
    ]);
  });

  it('refuses what the channel does not carry, and nothing is written', async () => {
    await write({});
    await expect(answer({ text: 'x'.repeat(41) })).rejects.toMatchObject({ code: 'MESSAGE_TOO_LONG' });
    await expect(answer({ uploads: ['a', 'b'] })).rejects.toMatchObject({ code: 'ATTACHMENTS_TOO_MANY' });
    await expect(answer({ buttons: ['1', '2', '3'] })).rejects.toMatchObject({ code: 'BUTTONS_TOO_MANY' });
    expect(await said()).toEqual(['The kettle is cold']);
    await answer({ buttons: ['Yes', 'No'] });
    await outbox();
    expect(bench.sent.map(({ buttons, template }) => ({ buttons, template }))).toEqual([
      { buttons: ['Yes', 'No'], template: null },
    ]);
  });

  it('takes own words for as long as the window is open, then templates with all their values', async () => {
    await write({});
    const window = () =>
      findReplyWindow(bench.app.db, {
        channel: { limits: messenger.limits ?? { undoMs: 0, maxAttachmentBytes: 0, canCc: false } },
        account: bench.account,
        contactId: 1,
        now: bench.app.now(),
      });
    expect(await window()).toEqual({
      closesAt: new Date(bench.app.now().getTime() + 24 * HOUR).toISOString(),
      isOpen: true,
    });
    bench.app.clock.pass(24 * HOUR);
    expect(await window()).toMatchObject({ isOpen: false });
    await expect(answer()).rejects.toMatchObject({ code: 'REPLY_WINDOW_CLOSED' });
    const template = { key: 'hello', language: 'en', values: ['Carla', '$1 {1}'] };
    await expect(answer({ template: { ...template, values: ['Carla', ' '] } })).rejects.toMatchObject({
      code: 'TEMPLATE_UNKNOWN',
    });
    await answer({ text: '', template });
    await outbox();
    expect(bench.sent.map(({ text, template: sent }) => ({ text, sent }))).toEqual([
      { text: 'Hello Carla, about $1 {1}', sent: template },
    ]);
    await write({ externalId: 'again', fingerprint: 'again' });
    expect(await window()).toMatchObject({ isOpen: true });
  });

  it('notes receipts once, in any order, and a failure only before it arrived', async () => {
    await write({});
    bench.answer(async ({ recipients }, step) => {
      await step.aboutToSend();
      return recipients.map((recipient) => ({ recipient, state: 'sent' as const, externalId: 'wamid.1' }));
    });
    await answer();
    await outbox();
    const at = bench.app.now().toISOString();
    const note = (receipt: Parameters<typeof noteReceipt>[1]['receipt'], externalId = 'wamid.1') =>
      noteReceipt(bench.app, { accountId: bench.account.id, externalId, receipt });
    expect(await note({ kind: 'seen', at }, 'other')).toBe(false);
    for (const kind of ['seen', 'delivered', 'seen'] as const) expect(await note({ kind, at })).toBe(true);
    await note({ kind: 'failed', reason: 'late' });
    const { deliveries } = await readTimeline(bench.app.db, { ticketId: 1 });
    expect(deliveries).toMatchObject([{ state: 'sent', deliveredAt: at, seenAt: at, externalId: 'wamid.1' }]);
    expect(await bench.events('delivery.noticed')).toHaveLength(1);
    expect(await bench.app.db('messages').where({ kind: 'outgoing' }).first('externalId')).toMatchObject({
      externalId: '<2@desk.example>',
    });
  });

  it('marks an address when the provider says afterwards that nobody is there any more', async () => {
    await write({});
    bench.answer(async ({ recipients }, step) => {
      await step.aboutToSend();
      return recipients.map((recipient) => ({ recipient, state: 'sent' as const, externalId: 'wamid.1' }));
    });
    await answer();
    await outbox();
    const gone = { kind: 'failed', reason: 'not on the messenger', isGone: true } as const;
    for (let time = 0; time < 2; time += 1)
      await noteReceipt(bench.app, { accountId: bench.account.id, externalId: 'wamid.1', receipt: gone });
    expect(await bench.app.db('deliveries').first('state')).toEqual({ state: 'failed' });
    expect(await bench.app.db('identities').first('failedAt')).not.toEqual({ failedAt: null });
    expect(await bench.events('identity.failed')).toHaveLength(1);
  });

  it('marks an address that is gone, and obeys the provider on when to come again', async () => {
    await write({});
    bench.answer(async ({ recipients }) =>
      recipients.map((recipient) => ({ recipient, state: 'retry' as const, reason: 'slow', afterMs: 7000 })),
    );
    await answer();
    await outbox();
    const dueAt = new Date(bench.app.now().getTime() + 7000).toISOString();
    expect(await bench.app.db('deliveries').first('state', 'dueAt')).toEqual({ state: 'retry', dueAt });
    bench.answer(async ({ recipients }) =>
      recipients.map((recipient) => ({
        recipient,
        state: 'failed' as const,
        reason: 'blocked',
        isGone: true,
      })),
    );
    bench.app.clock.pass(7000);
    await outbox();
    expect(await bench.app.db('deliveries').first('state', 'reason')).toEqual({
      state: 'failed',
      reason: 'blocked',
    });
    expect(await bench.app.db('identities').first('failedAt')).not.toEqual({ failedAt: null });
    expect(await bench.events('identity.failed')).toHaveLength(1);
  });
});

describe.each(testEngines)('a provider that must be asked for a part on %s', (engine) => {
  it('is asked again after half a minute and five, the others go ahead, and then it is read without the part', async () => {
    const tries: boolean[] = [];
    const bench = await channelBench(engine, {
      parse: (raw, account, { isLastTry }) => {
        if (raw.meta['slow']) {
          tries.push(isLastTry);
          if (!isLastTry) throw new ParseLater('no answer');
        }
        return Promise.resolve({
          externalId: raw.sha256,
          inReplyTo: null,
          references: [],
          writtenAt: null,
          from: carla,
          to: [],
          cc: [],
          subject: null,
          text: raw.meta['slow'] ? 'slow' : 'quick',
          quote: '',
          html: null,
          htmlVersion: null,
          attachments: [],
          fingerprint: raw.sha256,
          auto: null,
          bounce: null,
          flags: [],
          problem: null,
          language: null,
        });
      },
      isConversation: true,
    });
    const account = { id: bench.account.id, channel: 'post' };
    await keepRaw(bench.app, { account, externalId: '1', raw: Buffer.from('1'), meta: { slow: true } });
    await keepRaw(bench.app, { account, externalId: '2', raw: Buffer.from('2') });
    const texts = async () =>
      (await bench.app.db('messages').orderBy('id').select('text')).map(({ text }) => text as string);
    const drain = () => createIntake(bench.app).drain();
    await drain();
    expect(await texts()).toEqual(['quick']);
    bench.app.clock.pass(30_001);
    await drain();
    expect(tries).toEqual([false, false]);
    bench.app.clock.pass(300_001);
    await drain();
    expect(tries).toEqual([false, false, true]);
    expect(await texts()).toEqual(['quick', 'slow']);
    await bench.close();
  });
});
