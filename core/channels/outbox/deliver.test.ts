import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { carla, channelBench, system, type ChannelBench } from '../../../tests/mail/channel-bench.js';
import { createContact } from '../../contacts/actions/create-contact.js';
import { change } from '../../database/change.js';
import type { Engine } from '../../database/connect.js';
import { testEngines } from '../../testing/test-database.js';
import { openTicket } from '../../tickets/actions/open-ticket.js';
import { answerTicket } from '../actions/answer-ticket.js';
import { changeAccount } from '../actions/change-account.js';
import { retryDelivery } from '../actions/retry-delivery.js';
import type { Channel, DeliveryResult } from '../channel.js';
import { claimDeliveries, type ClaimedDelivery } from './claim-deliveries.js';
import { createOutbox } from './create-outbox.js';
import { markSending, settleDeliveries } from './settle-deliveries.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const UNDO = 10_000;
const actor = system;
const boris = { name: 'Boris', kind: 'email', value: 'boris@client.example' };

describe.each(testEngines)('sending on %s', (engine) => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await begin(engine);
  });
  afterEach(() => bench.close());

  const drain = () => createOutbox(bench.app).drain();
  const claim = () => claimDeliveries(bench.app, ['post']);
  const pass = (ms: number) => bench.app.clock.pass(ms);
  const inTime = (ms: number) => new Date(bench.app.now().getTime() + ms).toISOString();
  const answer = (to = [carla], ticketId = 1) =>
    answerTicket(bench.app, { ticketId, agentId: 1, text: 'Press reset', to, actor });
  const delivery = (id = 1) =>
    bench.app.db('deliveries').where({ id }).first('state', 'dueAt', 'attempts', 'unanswered', 'reason');
  const states = async () =>
    (await bench.app.db('deliveries').orderBy('id').select('state')).map(({ state }) => state as string);
  /** A provider that says the same of everybody, with the data gone out or not. */
  const says = (state: 'retry' | 'failed' | 'uncertain', code?: number) =>
    bench.answer(async ({ recipients }, step) => {
      if (state === 'uncertain') await step.aboutToSend();
      return recipients.map((recipient) => ({ recipient, state, reason: 'busy', ...(code ? { code } : {}) }));
    });
  const settle = (claimed: readonly ClaimedDelivery[], results: readonly DeliveryResult[] = []) =>
    settleDeliveries(bench.app, claimed, { results, channel: {} });

  it('holds an answer for the time of undo, then sends it as it was frozen', async () => {
    const { messageId } = await answer([carla, boris]);
    const frozenAt = bench.app.now().toISOString();
    pass(UNDO - 1);
    await drain();
    expect(await states()).toEqual(['held', 'held']);
    pass(1);
    await drain();
    expect(bench.sent).toHaveLength(1);
    expect(bench.sent[0]).toMatchObject({
      messageId,
      externalId: `<${messageId}@desk.example>`,
      frozen: { date: frozenAt },
      subject: 'Kettle',
      text: 'Press reset',
      recipients: [carla.value, boris.value],
    });
    expect(await states()).toEqual(['sent', 'sent']);
    expect(await bench.events('delivery.')).toEqual([
      { name: 'delivery.sent', ticketId: 1, messageId, deliveryId: 1 },
      { name: 'delivery.sent', ticketId: 1, messageId, deliveryId: 2 },
    ]);
  });

  it('sends letters of a ticket to one recipient in order; others do not wait', async () => {
    await answer();
    await answer();
    await answer([boris]);
    await answer([carla], 2);
    pass(UNDO);
    says('retry');
    await drain();
    expect(await states()).toEqual(['retry', 'held', 'retry', 'retry']);
    bench.answer(sendAll);
    pass(MINUTE);
    await drain();
    expect(await states()).toEqual(['sent', 'sent', 'sent', 'sent']);
    const toCarla = bench.sent.filter(({ ticketId, to }) => ticketId === 1 && to[0] === carla);
    expect(toCarla.map(({ messageId }) => messageId)).toEqual(
      toCarla.map(({ messageId }) => messageId).toSorted((a, b) => a - b),
    );
  });

  it('lets the next letter go when the one before it failed', async () => {
    await answer();
    await answer();
    pass(UNDO);
    bench.answer(async ({ recipients, messageId }, step) => {
      if (messageId === 3)
        return recipients.map((recipient) => ({ recipient, state: 'failed', reason: 'no' }));
      return sendAll({ recipients }, step);
    });
    await drain();
    expect(await states()).toEqual(['failed', 'sent']);
  });

  it('tries again after 1 and 5 minutes, longer and longer for two days, then gives up and says why', async () => {
    await answer();
    pass(UNDO);
    says('retry', 421);
    const pauses: number[] = [];
    for (;;) {
      await drain();
      const { state, dueAt } = await delivery();
      if (state !== 'retry') break;
      const pause = Date.parse(dueAt) - bench.app.now().getTime();
      pauses.push(pause / MINUTE);
      pass(pause - 1);
      expect(await claim()).toEqual([]);
      pass(1);
    }
    expect(pauses).toEqual([1, 5, 15, 60, 240, 480, 480, 480, 480, 480]);
    expect(await delivery()).toMatchObject({ state: 'failed', dueAt: null, attempts: 11, reason: 'busy' });
    const [event] = await bench.events('delivery.');
    expect(event).toMatchObject({ name: 'delivery.failed', deliveryId: 1, reason: 'busy' });
    expect(await bench.app.db('deliveries').first('code')).toEqual({ code: 421 });
    pass(72 * HOUR);
    expect(await claim()).toEqual([]);
  });

  it('tries again when its channel says so', async () => {
    await bench.close();
    bench = await begin(engine, { retryDelay: (attempt) => (attempt < 3 ? attempt * 1000 : undefined) });
    await answer();
    pass(UNDO);
    says('retry');
    await drain();
    expect(await delivery()).toMatchObject({ state: 'retry', dueAt: inTime(1000) });
    pass(1000);
    await drain();
    expect(await delivery()).toMatchObject({ state: 'retry', dueAt: inTime(2000) });
    pass(2000);
    await drain();
    expect(await delivery()).toMatchObject({ state: 'failed', attempts: 3 });
  });

  it('keeps recipients apart: only those that are due are tried again', async () => {
    await answer([carla, boris]);
    pass(UNDO);
    bench.answer(async (_, step) => {
      await step.aboutToSend();
      return [{ recipient: carla.value, state: 'sent', note: 'queued as 7' }];
    });
    await drain();
    expect(await delivery(1)).toMatchObject({ state: 'sent', reason: 'queued as 7' });
    expect(await delivery(2)).toMatchObject({ state: 'retry', dueAt: inTime(MINUTE) });
    pass(MINUTE);
    bench.answer(sendAll);
    await drain();
    expect(bench.sent.map(({ recipients }) => recipients)).toEqual([
      [carla.value, boris.value],
      [boris.value],
    ]);
  });

  it('is sure of nothing sent when the channel breaks before the data goes out', async () => {
    await answer();
    pass(UNDO);
    bench.answer(() => Promise.reject(new Error('no route')));
    await drain();
    expect(await delivery()).toEqual({
      state: 'retry',
      dueAt: inTime(MINUTE),
      attempts: 1,
      unanswered: 0,
      reason: 'no route',
    });
  });

  it('tries once more, a quarter of an hour later, what got no answer, and then people are told', async () => {
    await answer();
    pass(UNDO);
    bench.answer(async (_, step) => {
      await step.aboutToSend();
      throw new Error('connection lost');
    });
    await drain();
    expect(await delivery()).toMatchObject({ state: 'uncertain', dueAt: inTime(15 * MINUTE), unanswered: 1 });
    pass(15 * MINUTE - 1);
    expect(await claim()).toEqual([]);
    pass(1);
    await drain();
    expect(await delivery()).toMatchObject({ state: 'uncertain', dueAt: null, unanswered: 2 });
    pass(72 * HOUR);
    await drain();
    expect(bench.sent).toHaveLength(2);
    const told = await bench.events('delivery.uncertain');
    expect(told).toHaveLength(2);
  });

  it('does not call failed what may have arrived by the try without an answer', async () => {
    await answer();
    pass(UNDO);
    says('uncertain');
    await drain();
    says('retry');
    for (let hours = 0; hours < 72; hours += 1) {
      pass(HOUR);
      await drain();
    }
    expect(await delivery()).toMatchObject({
      state: 'uncertain',
      dueAt: null,
      unanswered: 1,
      reason: 'busy',
    });
    expect((await bench.events('delivery.failed')).length).toBe(0);
    expect(await claim()).toEqual([]);
  });

  it('tries once more after a crash while the data went out, and gives up after the second', async () => {
    await answer();
    pass(UNDO);
    const first = await claim();
    await markSending(bench.app, first);
    pass(15 * MINUTE);
    expect(await claim()).toEqual([]);
    pass(1);
    const second = await claim();
    expect(second).toMatchObject([{ id: 1, attempts: 2, unanswered: 1 }]);
    await markSending(bench.app, second);
    pass(15 * MINUTE + 1);
    expect(await claim()).toEqual([]);
    expect(await delivery()).toMatchObject({ state: 'uncertain', dueAt: null });
    expect(await bench.events('delivery.')).toMatchObject([{ name: 'delivery.uncertain', deliveryId: 1 }]);
  });

  it('gives what was not begun to others after two minutes, and the late one sends nothing', async () => {
    await answer();
    pass(UNDO);
    const late = await claim();
    pass(2 * MINUTE);
    expect(await claim()).toEqual([]);
    pass(1);
    const now = await claim();
    expect(now).toMatchObject([{ id: 1, attempts: 2, unanswered: 0 }]);
    await expect(markSending(bench.app, late)).rejects.toThrow('the lease on delivery 1 was lost');
    await settle(late, [{ recipient: carla.value, state: 'failed', reason: 'late' }]);
    expect(await delivery()).toMatchObject({ state: 'leased' });
    await markSending(bench.app, now);
    await settle(now, [{ recipient: carla.value, state: 'sent' }]);
    await settle(late, [{ recipient: carla.value, state: 'failed', reason: 'late' }]);
    expect(await delivery()).toMatchObject({ state: 'sent' });
    expect((await bench.events('delivery.')).length).toBe(1);
  });

  it('sends nothing at all when the lease on one of the recipients was lost', async () => {
    await answer([carla, boris]);
    pass(UNDO);
    const claimed = await claim();
    await change(bench.app, ({ trx }) => trx('deliveries').where({ id: 2 }).increment('fence', 1));
    await expect(markSending(bench.app, claimed)).rejects.toThrow('the lease on delivery 2 was lost');
    expect(await states()).toEqual(['leased', 'leased']);
  });

  it('gives a delivery to one of many workers that ask at the same moment', async () => {
    await answer([carla, boris]);
    await answer([carla], 2);
    pass(UNDO);
    const claims = await Promise.all(Array.from({ length: 8 }, claim));
    const rest = await claim();
    const taken = [...claims, rest].flat().map(({ id }) => id);
    expect(taken.toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
  });

  it('waits while its account or its channel is off', async () => {
    await answer();
    pass(UNDO);
    expect(await claimDeliveries(bench.app, ['fax'])).toEqual([]);
    await changeAccount(bench.app, { accountId: bench.account.id, fields: { enabled: false }, actor });
    expect(await claim()).toEqual([]);
    await changeAccount(bench.app, { accountId: bench.account.id, fields: { enabled: true }, actor });
    expect(await claim()).toHaveLength(1);
  });

  it('goes out once more after people looked at what got no answer twice', async () => {
    await answer();
    pass(UNDO);
    says('uncertain');
    await drain();
    pass(15 * MINUTE);
    await drain();
    expect(await delivery()).toMatchObject({ state: 'uncertain', dueAt: null, unanswered: 2 });
    await retryDelivery(bench.app, { deliveryId: 1, actor });
    expect(await delivery()).toMatchObject({ state: 'queued', unanswered: 0 });
    await drain();
    expect(await delivery()).toMatchObject({ state: 'uncertain', dueAt: inTime(15 * MINUTE), unanswered: 1 });
    expect(bench.sent).toHaveLength(3);
  });

  it('is tried again with all its tries when people say so, and only when it is not under way or done', async () => {
    await answer();
    const retry = (deliveryId = 1) => retryDelivery(bench.app, { deliveryId, actor });
    const unknown = { code: 'MESSAGE_UNKNOWN' };
    await expect(retry()).rejects.toMatchObject(unknown);
    pass(UNDO);
    says('failed');
    await drain();
    await retry();
    expect(await delivery()).toMatchObject({ state: 'queued', attempts: 0, unanswered: 0, dueAt: inTime(0) });
    expect(await bench.events('delivery.retried')).toEqual([
      { name: 'delivery.retried', ticketId: 1, messageId: 3, deliveryId: 1 },
    ]);
    const claimed = await claim();
    await expect(retry()).rejects.toMatchObject(unknown);
    await settle(claimed, [{ recipient: carla.value, state: 'sent' }]);
    await expect(retry()).rejects.toMatchObject(unknown);
    await expect(retry(99)).rejects.toMatchObject(unknown);
    expect(await states()).toEqual(['sent']);
  });
});

/** Two tickets of one customer. */
async function begin(engine: Engine, channel: Partial<Channel> = {}): Promise<ChannelBench> {
  const bench = await channelBench(engine, channel);
  const contactId = await createContact(bench.app, { name: 'Carla', identities: [carla], actor });
  for (const subject of ['Kettle', 'Lamp'])
    await openTicket(bench.app, {
      subject,
      contactId,
      lineId: 1,
      agentId: 1,
      text: 'She called',
      first: { kind: 'heard', channel: 'phone' },
      actor,
    });
  return bench;
}

const sendAll = async (
  { recipients }: { recipients: readonly string[] },
  step: { aboutToSend(): Promise<void> },
): Promise<DeliveryResult[]> => {
  await step.aboutToSend();
  return recipients.map((recipient) => ({ recipient, state: 'sent' }));
};
