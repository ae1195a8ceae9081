import { Writable } from 'node:stream';
import {
  assignTicket,
  setPriority,
  solveTicket,
  tagTicket,
  untagTicket,
  waitForCustomer,
  listTags,
} from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRulesDesk, type RulesDesk } from '../../../tests/routing/rules-desk.js';
import { Definition } from '../rules/definition.js';
import { dryRunCommand } from './dry-run-command.js';
import { dryRun } from './dry-run.js';

const MINUTE = 60_000;

describe.each(testEngines)('a dry run on %s', (engine) => {
  let at: RulesDesk;
  beforeEach(async () => {
    at = await startRulesDesk(engine);
  });
  afterEach(() => at.desk.close());

  const app = () => at.desk.app;
  const agent = () => ({ kind: 'agent', id: at.desk.owner.id }) as const;
  const condition = (field: string, op: string, ...values: string[]) => ({
    match: 'all' as const,
    groups: [{ match: 'all' as const, conditions: [{ field, op: op as 'in', values }] }],
  });
  const draft = (given: Partial<Definition>): Definition =>
    Definition.parse({
      name: 'Draft',
      triggers: [{ on: 'opened' }],
      conditions: { match: 'all', groups: [] },
      actions: [{ kind: 'tag', tag: 'seen' }],
      stop: false,
      ...given,
    });
  const caughtBy = async (given: Partial<Definition>) =>
    (await dryRun(app(), draft(given))).caught.map(({ ticketId }) => ticketId);

  it('sees tickets as they were, not as they are now', async () => {
    const ticketId = await at.open();
    await setPriority(app(), { ticketId, priority: 4, actor: agent() });
    await solveTicket(app(), { ticketId, actor: agent() });
    expect(await caughtBy({ conditions: condition('ticket.priority', 'in', '2') })).toEqual([ticketId]);
    expect(await caughtBy({ conditions: condition('ticket.priority', 'in', '4') })).toEqual([]);
    const later = { triggers: [{ on: 'solved' as const }] };
    expect(await caughtBy({ ...later, conditions: condition('ticket.priority', 'in', '4') })).toEqual([
      ticketId,
    ]);
    expect(await caughtBy({ ...later, conditions: condition('ticket.status', 'in', 'solved') })).toEqual([
      ticketId,
    ]);
  });

  it('knows tags, owners and letters of that time', async () => {
    const contactId = await at.contact('Ann');
    const ticketId = await at.receive({ contactId, text: 'The first letter' });
    await tagTicket(app(), { ticketId, tag: 'hot', actor: agent() });
    await assignTicket(app(), { ticketId, assigneeId: at.desk.owner.id, actor: agent() });
    await at.receive({ ticketId, contactId, text: 'The second letter' });
    const [tag] = await listTags(app().db, [ticketId]);
    await untagTicket(app(), { ticketId, tagId: tag?.id ?? 0, actor: agent() });
    const again = { triggers: [{ on: 'received' as const }] };
    expect(await caughtBy({ conditions: condition('message.text', 'contains', 'first') })).toEqual([
      ticketId,
    ]);
    expect(await caughtBy({ conditions: condition('ticket.tags', 'hasAny', 'hot') })).toEqual([]);
    expect(await caughtBy({ ...again, conditions: condition('ticket.tags', 'hasAny', 'hot') })).toEqual([
      ticketId,
    ]);
    expect(await caughtBy({ ...again, conditions: condition('message.text', 'contains', 'second') })).toEqual(
      [ticketId],
    );
    const owner = String(at.desk.owner.id);
    expect(await caughtBy({ ...again, conditions: condition('ticket.assignee', 'in', owner) })).toEqual([
      ticketId,
    ]);
  });

  it('winds timers through the past', async () => {
    const contactId = await at.contact('Ann');
    const [answered, late] = [await at.receive({ contactId }), await at.receive({ contactId })];
    at.desk.clock.pass(30 * MINUTE);
    await waitForCustomer(app(), { ticketId: answered, actor: agent() });
    at.desk.clock.pass(60 * MINUTE);
    const within = (on: 'unanswered' | 'untouched' | 'waitingLong', minutes: number) =>
      caughtBy({ triggers: [{ on, minutes }] });
    expect(await within('unanswered', 60)).toEqual([late]);
    expect(await within('unanswered', 20)).toEqual([late, answered]);
    expect(await within('untouched', 80)).toEqual([late]);
    expect(await within('waitingLong', 60)).toEqual([answered]);
    expect(await within('waitingLong', 61)).toEqual([]);
    const run = await dryRun(app(), draft({ triggers: [{ on: 'unanswered', minutes: 20 }] }));
    expect(run.caught[0]?.at).toBe('2026-03-12T09:20:00.000Z');
  });

  it('says what would have changed nothing, and how often it would have acted', async () => {
    const ticketId = await at.open();
    for (const priority of [3, 2] as const) await setPriority(app(), { ticketId, priority, actor: agent() });
    const { tickets, asked, caught } = await dryRun(
      app(),
      draft({ triggers: [{ on: 'prioritised' }], actions: [{ kind: 'priority', priority: 3 }] }),
    );
    expect({ tickets, asked }).toEqual({ tickets: 1, asked: 1 });
    expect(caught).toMatchObject([{ ticketId, times: 2, actions: [{ isSoAlready: true }] }]);
  });

  it('looks at the newest tickets only, and writes nothing', async () => {
    const ids = [await at.open(), await at.open(), await at.open()];
    await at.desk.drain();
    const count = async () => {
      const rows = await Promise.all(
        ['events', 'routing_traces', 'messages', 'ticket_tags'].map((table) =>
          app().db(table).count({ n: '*' }),
        ),
      );
      return JSON.stringify(rows);
    };
    const before = await count();
    const { tickets, caught } = await dryRun(app(), draft({}), 2);
    expect({ tickets, caught: caught.map(({ ticketId }) => ticketId) }).toEqual({
      tickets: 2,
      caught: [ids[2], ids[1]],
    });
    expect(await count()).toBe(before);
  });

  describe('from the command line', () => {
    async function run(args: string[], options: Record<string, string | boolean> = {}) {
      let said = '';
      const sink = () =>
        new Writable({
          write(chunk, _encoding, done) {
            said += String(chunk);
            done();
          },
        });
      if (dryRunCommand.needs !== 'app') throw new Error('needs an app');
      const code = await dryRunCommand.run({
        args,
        options,
        input: process.stdin,
        output: sink(),
        errors: sink(),
        app: app(),
      });
      return { code, said };
    }

    it('takes a rule by id or name and prints what it would have done', async () => {
      const ruleId = await at.rule({ name: 'Boilers' });
      const ticketId = await at.open();
      await at.desk.drain();
      expect(await run([String(ruleId)])).toMatchObject({
        code: 0,
        said: expect.stringContaining('1 of 1 tickets'),
      });
      expect((await run(['Boilers'])).said).toMatch(/#1001 .* opened {2}tag/);
      const { said } = await run(['Boilers'], { json: true });
      expect(JSON.parse(said)).toMatchObject({ tickets: 1, caught: [{ ticketId }] });
    });

    it('says what is wrong with the call', async () => {
      expect(await run(['Nothing'])).toEqual({ code: 2, said: 'There is no rule "Nothing"\n' });
      await at.rule({ name: 'Boilers' });
      expect((await run(['Boilers'], { tickets: 'many' })).code).toBe(2);
    });
  });
});
