import { addAccount, addIdentity, changeAccount, definePlugin, type Channel } from '@helpdesk/core';
import { portalHooks } from '@helpdesk/plugin-portal/contract';
import { testEngines } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRulesDesk, system, type RulesDesk } from '../../../tests/routing/rules-desk.js';
import { listRules } from '../rules/list-rules.js';
import { readyMade } from '../rules/ready-made.js';
import { runRules, type Runner } from './run-rules.js';
import type { TraceDetail } from './trace.js';

/** Channels that send nowhere. */
const channelOf = (id: string, identityKind: string): Channel => ({
  id,
  title: 'email.title',
  icon: 'mail',
  identityKind,
  limits: { undoMs: 10_000, maxAttachmentBytes: 1000, canCc: false },
  parse: () => Promise.reject(new Error('nothing comes in by it')),
  freeze: ({ messageId }) => ({ externalId: `${id}-${messageId}` }),
  send: ({ recipients }) =>
    Promise.resolve(recipients.map((recipient) => ({ recipient, state: 'sent' as const }))),
});
const ways = definePlugin(import.meta, {
  register({ channel }) {
    channel(channelOf('email', 'email'));
    channel(channelOf('chat', 'chat'));
  },
});

/** A plugin that promises an answer; the first of its times is over. */
const promising = definePlugin(import.meta, {
  hooks: { ...portalHooks },
  register: ({ collect }) =>
    collect('portal.promises', ({ ticketIds, isNew }) =>
      ['2026-03-12T08:00:00.000Z', '2026-03-13T15:00:00.000Z', '2026-03-12T15:30:00.000Z'].flatMap((by) =>
        isNew ? ticketIds.map((ticketId) => ({ ticketId, by })) : [],
      ),
    ),
});

it('says the earliest time that is promised, in the language of the company', async () => {
  const plugins = [
    { ...ways({}, { enabled: true }), id: 'ways' },
    { ...promising({}, { enabled: true }), id: 'promising' },
  ];
  const at = await startRulesDesk('sqlite', plugins, { language: 'ru' });
  try {
    const { app } = at.desk;
    const accountId = await addAccount(app, {
      channel: 'email',
      lineId: 1,
      name: 'Shop',
      address: 'help@shop.example',
      config: {},
      actor: system,
    });
    await at.rule(readyMade(app, 'acknowledge'));
    const contactId = await at.contact('Ann', 'ann@client.example');
    await at.receive({ contactId, from: 'ann@client.example', accountId });
    await at.desk.drain();
    const { text } = await app.db('messages').where({ kind: 'outgoing' }).first('text');
    expect(text).toMatch(/ 1001\. Срок ответа: четверг, 12 марта 2026 в 15:30 UTC\.\n\nЕсли/);
  } finally {
    await at.desk.close();
  }
});

describe.each(testEngines)('an acknowledgement on %s', (engine) => {
  let at: RulesDesk;
  let chatId = 0;
  let contactId = 0;
  beforeEach(async () => {
    at = await startRulesDesk(engine, [{ ...ways({}, { enabled: true }), id: 'ways' }]);
    const add = (channel: string) =>
      addAccount(at.desk.app, {
        channel,
        lineId: 1,
        name: 'Shop',
        address: `help@${channel}.example`,
        config: {},
        actor: system,
      });
    await add('email');
    chatId = await add('chat');
    contactId = await at.contact('Ann', 'ann@client.example');
    await addIdentity(at.desk.app, { contactId, kind: 'chat', value: '4711', actor: system });
    await at.rule(readyMade(at.desk.app, 'acknowledge'));
  });
  afterEach(() => at.desk.close());

  const app = () => at.desk.app;
  const receive = () => at.receive({ contactId, from: '4711', accountId: chatId, channel: 'chat' });
  const sent = () => app().db('deliveries').select('accountId', 'recipient', 'state');
  const cameOf = async (ticketId: number) =>
    (await at.traces(ticketId)).flatMap(({ detail }) => (JSON.parse(detail) as TraceDetail).actions);

  it('leaves by the way on which the customer wrote, without waiting for the time for undo', async () => {
    await receive();
    await at.desk.drain();
    expect(await sent()).toEqual([{ accountId: chatId, recipient: '4711', state: 'sent' }]);
  });

  it('leaves by no other way when that one is switched off', async () => {
    const ticketId = await receive();
    await changeAccount(app(), { accountId: chatId, fields: { enabled: false }, actor: system });
    await at.desk.drain();
    expect(await sent()).toEqual([]);
    expect(await cameOf(ticketId)).toMatchObject([
      { outcome: 'skipped', why: { key: 'routing.why.otherWay' } },
    ]);
  });

  it('is sent once and told as sent, also when the process ended behind it', async () => {
    const ticketId = await receive();
    await at.desk.drain();
    const traces = () => app().database.writer('routing_traces').where({ ticketId });
    const trace = await traces().first();
    const detail = JSON.stringify({ ...JSON.parse(trace.detail), actions: [] });
    await traces().update({ outcome: 'started', detail });
    const runner: Runner = {
      app: app(),
      choose: () => Promise.reject(new Error('nobody is chosen')),
      limits: () => ({ depth: 5, visits: 10, replies: 5 }),
    };
    const occasion = { key: trace.occasion, trigger: 'opened', ticketId, chain: [] };
    await runRules(runner, await listRules(app().db), occasion);
    expect(await sent()).toHaveLength(1);
    expect(await cameOf(ticketId)).toMatchObject([{ outcome: 'done' }]);
  });
});
