import {
  addAccount,
  assignTicket,
  createTeam,
  definePlugin,
  findTicket,
  keepSavedReply,
  listTags,
  refuse,
  setPriority,
  tagTicket,
  type Channel,
} from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRulesDesk, system, type RulesDesk } from '../../../tests/routing/rules-desk.js';
import { Definition } from '../rules/definition.js';
import { listRules } from '../rules/list-rules.js';
import { saveRule } from '../rules/save-rule.js';
import { runRules, type Runner } from './run-rules.js';
import type { TraceDetail } from './trace.js';

const quiet: Channel = {
  id: 'email',
  title: 'email.title',
  icon: 'mail',
  identityKind: 'email',
  limits: { undoMs: 0, maxAttachmentBytes: 1000, canCc: false },
  parse: () => Promise.reject(new Error('nothing comes in by it')),
  freeze: ({ messageId }) => ({ externalId: `<ours-${messageId}@shop.example>` }),
  send: ({ recipients }) =>
    Promise.resolve(recipients.map((recipient) => ({ recipient, state: 'sent' as const }))),
};
/** A channel that sends nowhere, and a plugin that lets nobody solve tickets about fire. */
const post = definePlugin(import.meta, { register: ({ channel }) => channel(quiet) });
const strict = definePlugin(import.meta, {
  register: ({ guard }) => guard('ticket.solving', () => refuse('routing.why.noTeam')),
});

describe.each(testEngines)('rules on %s', (engine) => {
  let at: RulesDesk;
  beforeEach(async () => {
    const plugins = [
      { ...post({}, { enabled: true }), id: 'post' },
      { ...strict({}, { enabled: true }), id: 'strict' },
    ];
    at = await startRulesDesk(engine, plugins);
  });
  afterEach(() => at.desk.close());

  const app = () => at.desk.app;
  const tagsOf = async (ticketId: number) => (await listTags(app().db, [ticketId])).map(({ name }) => name);
  const told = async (ticketId: number) =>
    (await at.traces(ticketId)).map(({ ruleId, outcome, detail }) => ({
      ruleId,
      outcome,
      detail: JSON.parse(detail) as TraceDetail,
    }));
  /** As if the event of its opening were told once more. */
  async function askAgain(ticketId: number): Promise<void> {
    const { occasion } = await app().db('routing_traces').where({ ticketId }).first('occasion');
    const runner: Runner = {
      app: app(),
      choose: () => Promise.resolve({ agentId: null, why: { key: 'routing.why.noTeam', values: {} } }),
      limits: () => ({ depth: 5, visits: 10, replies: 5 }),
    };
    const rules = await listRules(app().db);
    await runRules(runner, rules, { key: occasion, trigger: 'opened', ticketId, chain: [] });
  }
  const conditionOf = (field: string, op: string, ...values: string[]) => ({
    match: 'all' as const,
    groups: [{ match: 'all' as const, conditions: [{ field, op: op as 'in', values }] }],
  });

  it('act on what is opened when their conditions hold, and tell each condition with the value seen', async () => {
    const team = await createTeam(app(), { name: 'Heating', actor: system });
    if (!team.ok) throw new Error(team.because);
    const ruleId = await at.rule({
      name: 'Boilers',
      conditions: conditionOf('ticket.subject', 'contains', 'boiler; heater'),
      actions: [
        { kind: 'team', teamId: team.teamId },
        { kind: 'priority', priority: 4 },
        { kind: 'tag', tag: 'heat' },
        { kind: 'note', text: 'Came by a rule' },
      ],
    });
    const ticketId = await at.open({ subject: 'My BOILER is cold' });
    const other = await at.open({ subject: 'An invoice' });
    await at.desk.drain();
    expect(await findTicket(app().db, ticketId)).toMatchObject({ teamId: team.teamId, priority: 4 });
    expect(await tagsOf(ticketId)).toEqual(['heat']);
    const [run] = await told(ticketId);
    expect(run).toMatchObject({ ruleId, outcome: 'done' });
    expect(run?.detail.verdict.groups[0]?.conditions[0]).toMatchObject({
      seen: 'My BOILER is cold',
      holds: true,
    });
    expect(run?.detail.actions.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done']);
    expect(await told(other)).toEqual([]);
    const [missed] = await at.misses(other);
    expect(missed).toMatchObject({ ruleId, version: 1, outcome: 'missed', detail: { actions: [] } });
    expect(missed?.detail.verdict.groups[0]?.conditions[0]).toMatchObject({
      seen: 'An invoice',
      holds: false,
    });
  });

  it('that do not hold are told with what each of their conditions saw, hundreds of them in one row', async () => {
    const long = `${'a '.repeat(3000)}the boiler leaks ${'b '.repeat(3000)}`;
    const conditions = {
      match: 'all' as const,
      groups: [
        {
          match: 'all' as const,
          conditions: [
            { field: 'message.text', op: 'contains' as const, values: ['boiler'] },
            { field: 'ticket.priority', op: 'in' as const, values: ['4'] },
          ],
        },
        {
          match: 'any' as const,
          conditions: [{ field: 'message.text', op: 'lacks' as const, values: ['b'] }],
        },
      ],
    };
    const ids = [];
    for (let i = 0; i < 30; i++) ids.push(await at.rule({ name: `Rule ${i}`, conditions }));
    const ticketId = await at.open({ text: long });
    await at.desk.drain();
    expect(await app().db('routing_misses').where({ ticketId })).toHaveLength(1);
    expect(await at.traces(ticketId)).toEqual([]);
    const misses = await at.misses(ticketId);
    expect(misses.map(({ ruleId }) => ruleId)).toEqual(ids);
    const [{ detail } = { detail: undefined }] = misses;
    expect(detail?.name).toBe('Rule 0');
    expect(detail?.verdict).toMatchObject({ holds: false, groups: [{ holds: false }, { holds: false }] });
    const [found, priority] = detail?.verdict.groups[0]?.conditions ?? [];
    expect(found).toMatchObject({ holds: true, seen: expect.stringContaining('the boiler leaks') });
    expect(priority).toMatchObject({ holds: false, seen: '2' });
    const [lacks] = detail?.verdict.groups[1]?.conditions ?? [];
    expect(lacks).toMatchObject({ holds: false, seen: expect.stringMatching(/^a a .*…$/) });
    const stored = JSON.stringify(await app().db('routing_misses').where({ ticketId }));
    expect(stored.length).toBeLessThan(10_000);
  });

  it('that do not hold are told as they were, though they were changed since', async () => {
    const ruleId = await at.rule({ name: 'Old', conditions: conditionOf('ticket.subject', 'contains', 'x') });
    const ticketId = await at.open({ subject: 'Boiler' });
    await at.desk.drain();
    const definition = Definition.parse({
      name: 'New',
      triggers: [{ on: 'opened' }],
      conditions: conditionOf('ticket.subject', 'contains', 'y'),
      actions: [{ kind: 'tag', tag: 'seen' }],
      stop: false,
    });
    await saveRule(app(), { ruleId, definition, actor: system });
    const [told1] = await at.misses(ticketId);
    expect(told1).toMatchObject({ version: 1, detail: { name: 'Old' } });
    const later = await at.open({ subject: 'Why' });
    await at.desk.drain();
    expect((await at.traces(later)).map(({ outcome }) => outcome)).toEqual(['done']);
    expect(await at.misses(later)).toEqual([]);
  });

  it('before and behind one that acts each see what they were asked about', async () => {
    const is = (priority: string) => conditionOf('ticket.priority', 'in', priority);
    const first = await at.rule({ name: 'First', conditions: is('1') });
    await at.rule({ name: 'Acts', conditions: is('2'), actions: [{ kind: 'priority', priority: 3 }] });
    const last = await at.rule({ name: 'Last', conditions: is('2') });
    const ticketId = await at.open();
    await at.desk.drain();
    const misses = await at.misses(ticketId);
    const seen = misses.map(({ ruleId, detail }) => [ruleId, detail.verdict.groups[0]?.conditions[0]?.seen]);
    expect(new Map(seen as [number, string][])).toEqual(
      new Map([
        [first, '2'],
        [last, '3'],
      ]),
    );
    expect(await app().db('routing_misses').where({ ticketId })).toHaveLength(1);
  });

  it('that did not hold before the process ended are not asked again', async () => {
    const first = await at.rule({
      name: 'First',
      conditions: conditionOf('ticket.priority', 'in', '3'),
      actions: [{ kind: 'note', text: 'Never' }],
    });
    await at.rule({ name: 'Acts', actions: [{ kind: 'priority', priority: 3 }] });
    const ticketId = await at.open();
    await at.desk.drain();
    // Now its condition holds, by what another rule has done for the same event.
    await askAgain(ticketId);
    expect(await app().db('messages').where({ ticketId, kind: 'note' })).toEqual([]);
    expect((await at.misses(ticketId)).map(({ ruleId }) => ruleId)).toEqual([first]);
  });

  it('act as the plugin, which the log shows', async () => {
    const ruleId = await at.rule({});
    const ticketId = await at.open();
    await at.desk.drain();
    const rows = await app()
      .db('events')
      .where({ ticketId, actorKind: 'plugin' })
      .orderBy('id')
      .select('name', 'actorId', 'door');
    expect(rows).toEqual([
      { name: 'ticket.tagged', actorId: 'routing', door: 'rule.1' },
      { name: 'routing.ruleRan', actorId: 'routing', door: 'rule.1' },
    ]);
    expect((await told(ticketId))[0]?.ruleId).toBe(ruleId);
  });

  it('are asked in order until one says to stop', async () => {
    await at.rule({ name: 'First', actions: [{ kind: 'tag', tag: 'one' }] });
    await at.rule({ name: 'Second', actions: [{ kind: 'tag', tag: 'two' }], stop: true });
    await at.rule({ name: 'Third', actions: [{ kind: 'tag', tag: 'three' }] });
    const ticketId = await at.open();
    await at.desk.drain();
    expect((await tagsOf(ticketId)).toSorted()).toEqual(['one', 'two']);
  });

  it('run once for an event, however often it is told', async () => {
    await at.rule({ actions: [{ kind: 'note', text: 'Once' }] });
    const ticketId = await at.open();
    await at.desk.drain();
    await askAgain(ticketId);
    const notes = await app().db('messages').where({ ticketId, kind: 'note' });
    expect(notes).toHaveLength(1);
    expect(await told(ticketId)).toHaveLength(1);
  });

  it('go on where they were when the process ended between two actions', async () => {
    await at.rule({
      actions: [
        { kind: 'note', text: 'First' },
        { kind: 'note', text: 'Second' },
      ],
    });
    const ticketId = await at.open();
    await at.desk.drain();
    const [run] = await told(ticketId);
    const half = { ...run?.detail, actions: run?.detail.actions.slice(0, 1) };
    await app()
      .database.writer('routing_traces')
      .where({ ticketId })
      .update({ outcome: 'started', detail: JSON.stringify(half) });
    await app().database.writer('messages').where({ ticketId, text: 'Second' }).update({ text: 'Gone' });
    await app().database.writer('idempotency').where('key', 'like', 'routing:%:1').delete();
    await askAgain(ticketId);
    const notes: { text: string }[] = await app()
      .db('messages')
      .where({ ticketId, kind: 'note' })
      .orderBy('id')
      .select('text');
    expect(notes.map(({ text }) => text)).toEqual(['First', 'Gone', 'Second']);
    expect((await told(ticketId))[0]?.outcome).toBe('done');
  });

  it('take no notice of history that is taken in', async () => {
    await at.rule({});
    const ticketId = await at.open();
    at.desk.clock.pass(25 * 3_600_000);
    await at.desk.drain();
    expect(await tagsOf(ticketId)).toEqual([]);
  });

  it('tell what a plugin refuses, and do the rest', async () => {
    await at.rule({
      actions: [
        { kind: 'status', status: 'solved' },
        { kind: 'tag', tag: 'rest' },
      ],
    });
    const ticketId = await at.open();
    await at.desk.drain();
    const [run] = await told(ticketId);
    expect(run?.detail.actions).toMatchObject([
      { outcome: 'refused', why: { key: 'routing.why.refused' } },
      { outcome: 'done' },
    ]);
    expect(JSON.stringify(run?.detail.actions)).toContain('strict');
    expect(await tagsOf(ticketId)).toEqual(['rest']);
  });

  it('do not do again what is so already', async () => {
    await at.rule({ on: 'prioritised', actions: [{ kind: 'priority', priority: 4 }] });
    const ticketId = await at.open();
    await setPriority(app(), { ticketId, priority: 4, actor: system });
    await at.desk.drain();
    expect((await told(ticketId))[0]?.detail.actions).toMatchObject([{ outcome: 'unchanged' }]);
  });

  it('choose an owner and keep why', async () => {
    await at.rule({ actions: [{ kind: 'assign', strategy: 'load', teamId: null }] });
    const ticketId = await at.open();
    await assignTicket(app(), { ticketId, assigneeId: null, actor: system });
    await at.desk.drain();
    const ticket = await findTicket(app().db, ticketId);
    const [run] = await told(ticketId);
    expect(run?.detail.actions[0]?.why?.key).toMatch(/^routing\.assign\./);
    expect(ticket.assigneeId).toBe(at.desk.owner.id);
  });

  it('cut a circle: two rules that undo each other end, and it is told', async () => {
    const up = await at.rule({
      name: 'Up',
      on: 'prioritised',
      conditions: conditionOf('ticket.priority', 'in', '1'),
      actions: [{ kind: 'priority', priority: 4 }],
    });
    const down = await at.rule({
      name: 'Down',
      on: 'prioritised',
      conditions: conditionOf('ticket.priority', 'in', '4'),
      actions: [{ kind: 'priority', priority: 1 }],
    });
    const ticketId = await at.open();
    await setPriority(app(), { ticketId, priority: 1, actor: system });
    await at.desk.drain();
    const runs = await told(ticketId);
    expect(runs.filter(({ outcome }) => outcome === 'done')).toHaveLength(3);
    const cut = runs.find(({ outcome }) => outcome === 'cut');
    expect([up, down]).toContain(cut?.ruleId);
    const health = await app().health();
    expect(JSON.stringify(health)).toContain(`rule ${cut?.ruleId} went round in a circle`);
    const events = await app().db('events').where({ ticketId, name: 'routing.loopCut' });
    expect(events).toHaveLength(runs.filter(({ outcome }) => outcome === 'cut').length);
  });

  it('act no more than so often on one ticket within an hour, whoever sets them off', async () => {
    await at.rule({ on: 'tagged', actions: [{ kind: 'note', text: 'Tagged' }] });
    const ticketId = await at.open();
    for (let i = 0; i < 12; i++) {
      await tagTicket(app(), { ticketId, tag: `t${i}`, actor: system });
      await at.desk.drain();
    }
    const runs = await told(ticketId);
    expect(runs.filter(({ outcome }) => outcome === 'done')).toHaveLength(10);
    expect(runs.filter(({ outcome }) => outcome === 'cut')).toHaveLength(2);
    at.desk.clock.pass(3_600_001);
    await tagTicket(app(), { ticketId, tag: 'later', actor: system });
    await at.desk.drain();
    expect((await told(ticketId)).at(-1)?.outcome).toBe('done');
  });

  describe('answer with a saved reply', () => {
    let savedReplyId = 0;
    let contactId = 0;
    let accountId = 0;
    const mails = () =>
      app()
        .db('messages')
        .where({ kind: 'outgoing' })
        .orderBy('id')
        .select('ticketId', 'text', 'auto', 'agentId');
    beforeEach(async () => {
      accountId = await addAccount(app(), {
        channel: 'email',
        lineId: 1,
        name: 'Shop',
        address: 'help@shop.example',
        config: {},
        actor: system,
      });
      savedReplyId = await keep('Dear {{contact.name}}, we have no. {{ticket.number}}. {{company.name}}');
      contactId = await at.contact('Ann', 'ann@client.example');
      await at.rule({ actions: [{ kind: 'reply', savedReplyId }] });
    });
    const keep = async (text: string) =>
      (await keepSavedReply(app(), { title: 'Got it', text, actor: system } as never)) as number;
    const receive = (more: Partial<Parameters<RulesDesk['receive']>[0]> = {}) =>
      at.receive({ contactId, from: 'ann@client.example', accountId, ...more });

    it('as the company, while the customer waits on', async () => {
      const ticketId = await receive();
      await at.desk.drain();
      const { number, waitingSince, firstRepliedAt, assigneeId } = await findTicket(app().db, ticketId);
      expect(await mails()).toEqual([
        { ticketId, text: `Dear Ann, we have no. ${number}. Warm House`, auto: 'auto', agentId: null },
      ]);
      expect({ firstRepliedAt, assigneeId }).toEqual({ firstRepliedAt: null, assigneeId: null });
      expect(waitingSince).not.toBeNull();
      const sent = await app().db('deliveries').select('recipient', 'state');
      expect(sent).toEqual([{ recipient: 'ann@client.example', state: 'sent' }]);
    });

    it.each(['auto', 'bounce', 'list'] as const)('never to %s', async (auto) => {
      const ticketId = await receive({ auto });
      await at.desk.drain();
      expect(await mails()).toEqual([]);
      expect((await told(ticketId))[0]?.detail.actions).toMatchObject([
        { outcome: 'skipped', why: { key: 'routing.why.automatic' } },
      ]);
    });

    it('not while it is not decided who wrote', async () => {
      const ticketId = await receive();
      const undecidedSince = app().now().toISOString();
      await app().database.writer('tickets').where({ id: ticketId }).update({ undecidedSince });
      await at.desk.drain();
      expect(await mails()).toEqual([]);
      expect((await told(ticketId))[0]?.detail.actions).toMatchObject([
        { outcome: 'skipped', why: { key: 'routing.why.undecided' } },
      ]);
    });

    it('no more than so often a day to one contact', async () => {
      for (let i = 0; i < 7; i++) await receive();
      await at.desk.drain();
      expect(await mails()).toHaveLength(5);
    });

    it('repeats nothing that could be a link', async () => {
      await app()
        .database.writer('contacts')
        .where({ id: contactId })
        .update({ name: 'win at www.evil.example' });
      await receive();
      await at.desk.drain();
      const [mail] = await mails();
      expect(mail?.text).toMatch(/^Dear , we have/);
    });

    it('not at all while a place is not known', async () => {
      const other = await keep('Yours, {{agent.name}}');
      await at.rule({ on: 'tagged', actions: [{ kind: 'reply', savedReplyId: other }] });
      const ticketId = await receive({ auto: null });
      await at.desk.drain();
      await tagTicket(app(), { ticketId, tag: 'x', actor: system });
      await at.desk.drain();
      expect((await told(ticketId)).at(-1)?.detail.actions).toMatchObject([
        { outcome: 'skipped', why: { key: 'routing.why.notFilled', values: { place: '{{agent.name}}' } } },
      ]);
    });
  });
});
