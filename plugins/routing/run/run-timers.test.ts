import {
  findTicket,
  listTags,
  noteOnTicket,
  snoozeTicket,
  solveTicket,
  tagTicket,
  waitForCustomer,
} from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRulesDesk, system, type RulesDesk } from '../../../tests/routing/rules-desk.js';

const MINUTE = 60_000;

describe.each(testEngines)('timers on %s', (engine) => {
  let at: RulesDesk;
  beforeEach(async () => {
    at = await startRulesDesk(engine);
  });
  afterEach(() => at.desk.close());

  const app = () => at.desk.app;
  const agent = () => ({ kind: 'agent', id: at.desk.owner.id }) as const;
  /** The clock moves on and what is due by then runs. */
  async function pass(minutes: number): Promise<void> {
    at.desk.clock.pass(minutes * MINUTE);
    await at.desk.drain();
  }
  const timer = (on: 'unanswered' | 'untouched' | 'waitingLong', minutes: number, tag = 'late') =>
    at.rule({
      name: on,
      triggers: [{ on, minutes }],
      actions: [
        { kind: 'tag', tag },
        { kind: 'note', text: tag },
      ],
    });
  const tagsOf = async (ticketId: number) => (await listTags(app().db, [ticketId])).map(({ name }) => name);
  const runs = async (ticketId: number) => (await at.traces(ticketId)).map(({ outcome }) => outcome);
  const letter = async () => at.receive({ contactId: await at.contact('Ann') });

  it('unanswered: once for each time that the customer waits', async () => {
    await timer('unanswered', 60);
    const ticketId = await letter();
    await pass(59);
    expect(await runs(ticketId)).toEqual([]);
    await pass(2);
    expect(await tagsOf(ticketId)).toEqual(['late']);
    await pass(300);
    expect(await runs(ticketId)).toEqual(['done']);
    await waitForCustomer(app(), { ticketId, actor: agent() });
    await pass(300);
    expect(await runs(ticketId)).toEqual(['done']);
    const { contactId } = await findTicket(app().db, ticketId);
    await at.receive({ ticketId, contactId });
    await pass(61);
    expect(await runs(ticketId)).toEqual(['done', 'done']);
  });

  it('unanswered: not for what a machine wrote', async () => {
    await timer('unanswered', 60);
    const ticketId = await at.receive({ contactId: await at.contact('Ann'), auto: 'auto' });
    await pass(120);
    expect(await runs(ticketId)).toEqual([]);
  });

  it('untouched: a person counts, a rule does not', async () => {
    await timer('untouched', 60);
    const ticketId = await letter();
    await pass(40);
    await noteOnTicket(app(), { ticketId, agentId: at.desk.owner.id, text: 'Looking', actor: agent() });
    await pass(40);
    expect(await runs(ticketId)).toEqual([]);
    await pass(21);
    expect(await runs(ticketId)).toEqual(['done']);
    // The note and the tag of the rule itself begin no new time.
    await pass(200);
    expect(await runs(ticketId)).toEqual(['done']);
    await tagTicket(app(), { ticketId, tag: 'mine', actor: agent() });
    await pass(61);
    // The clocks are behind the log for a moment; the next minute sees it.
    await pass(1);
    expect(await runs(ticketId)).toEqual(['done', 'done']);
  });

  it('waiting too long: from the moment at which it began to wait', async () => {
    await timer('waitingLong', 120);
    const ticketId = await letter();
    await pass(300);
    expect(await runs(ticketId)).toEqual([]);
    await waitForCustomer(app(), { ticketId, actor: agent() });
    await pass(100);
    await noteOnTicket(app(), { ticketId, agentId: at.desk.owner.id, text: 'Called', actor: agent() });
    await pass(19);
    expect(await runs(ticketId)).toEqual([]);
    await pass(2);
    expect(await runs(ticketId)).toEqual(['done']);
  });

  it('leave alone what is solved or snoozed', async () => {
    await timer('untouched', 60);
    const [solved, snoozed] = [await letter(), await letter()];
    await solveTicket(app(), { ticketId: solved, actor: agent() });
    const until = new Date(app().now().getTime() + 5000 * MINUTE).toISOString();
    await snoozeTicket(app(), { ticketId: snoozed, until, actor: agent() });
    await pass(600);
    expect([...(await runs(solved)), ...(await runs(snoozed))]).toEqual([]);
  });

  it('are asked until their conditions hold, then run once', async () => {
    const ruleId = await at.rule({
      triggers: [{ on: 'unanswered', minutes: 30 }],
      conditions: {
        match: 'all',
        groups: [{ match: 'all', conditions: [{ field: 'ticket.tags', op: 'hasAny', values: ['hot'] }] }],
      },
      actions: [{ kind: 'priority', priority: 4 }],
    });
    const ticketId = await letter();
    await pass(60);
    expect(await runs(ticketId)).toEqual([]);
    await tagTicket(app(), { ticketId, tag: 'hot', actor: system });
    await pass(1);
    expect((await findTicket(app().db, ticketId)).priority).toBe(4);
    await pass(60);
    expect(await at.traces(ticketId)).toMatchObject([{ ruleId, outcome: 'done', trigger: 'unanswered' }]);
  });

  it('know of what happened before the plugin was switched on', async () => {
    const late = await startRulesDesk(engine, [], { isOff: true });
    try {
      const { app: house, clock } = late.desk;
      const ticketId = await late.receive({ contactId: await late.contact('Ann') });
      clock.pass(MINUTE);
      const waitsFrom = clock.now().toISOString();
      await waitForCustomer(house, { ticketId, actor: { kind: 'agent', id: late.desk.owner.id } });
      clock.pass(MINUTE);
      await house.switchPlugin('routing', true, system);
      await late.desk.drain();
      const row = await house.db('routing_clocks').where({ ticketId }).first();
      expect(row).toMatchObject({ touchedAt: waitsFrom, waitingFrom: waitsFrom });
    } finally {
      await late.desk.close();
    }
  });

  it('hundreds of tickets are taken a page at a time', async () => {
    await timer('unanswered', 30);
    const contactId = await at.contact('Ann');
    for (let i = 0; i < 205; i++) await at.receive({ contactId });
    await pass(31);
    const [row] = await app().db('routing_traces').where({ outcome: 'done' }).count({ n: '*' });
    expect(Number(row?.['n'])).toBe(205);
  });
});
