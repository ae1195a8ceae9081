import { createTeam, findTicket, listEvents, replyToTicket, type TicketRecord } from '@helpdesk/core';
import type { NoticeMail } from '@helpdesk/core/contracts';
import { testEngines } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSlaDesk, system, type SlaDesk } from '../../../tests/sla/sla-desk.js';
import { applyDue } from './apply-due.js';
import { keepPromises } from './keep-promises.js';

describe.each(testEngines)('promises on %s', (engine) => {
  let at: SlaDesk;
  let sent: NoticeMail[];
  beforeEach(async () => {
    at = await startSlaDesk(engine);
    sent = [];
  });
  afterEach(() => at.desk.close());

  const app = () => at.desk.app;
  const mailer = {
    ready: () => Promise.resolve(true),
    send: (mail: NoticeMail) => {
      sent.push(mail);
      return Promise.resolve();
    },
  };
  /** The clock moves on, and what is due by then is told. */
  const pass = async (minutes: number) => {
    at.desk.clock.pass(minutes * 60_000);
    await keepPromises(app(), { segments: undefined, mailer });
    await at.desk.drain();
  };
  const ticket = (id: number): Promise<TicketRecord> => findTicket(app().db, id);
  const told = async (ticketId: number) =>
    (await listEvents(app().db, { ticketId, name: 'sla.' })).map(({ name }) => name).toReversed();
  const badges = async (ticketId: number) =>
    (
      await app().hooks.collect('ticket.badges', { ticketIds: [ticketId], language: 'en', actor: system })
    ).flatMap(({ answer }) => answer);

  it('a warning goes to the heads once, and a badge says so', async () => {
    await at.policy({ first: 100 }, { warn: { unit: 'percent', value: 75 }, heads: [at.desk.owner.id] });
    const ticketId = await at.receive();
    await pass(74);
    expect(sent).toEqual([]);
    expect(await badges(ticketId)).toEqual([]);
    await pass(1);
    await pass(1);
    expect(sent).toMatchObject([{ to: at.desk.owner.email }]);
    expect(sent[0]?.subject).toContain('Due soon');
    expect(sent[0]?.text).toContain(`/desk/sla/tickets/${ticketId}`);
    expect(await badges(ticketId)).toMatchObject([{ ticketId, tone: 'warn' }]);
    expect(await told(ticketId)).toEqual(['sla.warned']);
  });

  it('open lists hear of each change, and find the badge as it is then', async () => {
    await at.policy({ first: 60 });
    const ticketId = await at.receive();
    await pass(61);
    expect(await badges(ticketId)).toMatchObject([{ tone: 'danger' }]);
    await replyToTicket(app(), {
      ticketId,
      agentId: at.desk.owner.id,
      text: 'Turn it on',
      to: [{ name: 'Ann', kind: 'email', value: 'ann@client.example' }],
      account: { id: 1, channel: 'email' },
      freeze: () => ({ externalId: null }),
      then: 'stay',
      holdMs: 0,
      actor: { kind: 'agent', id: at.desk.owner.id },
    });
    // The clocks follow the log by themselves, and may come later.
    await applyDue(app(), ticketId, undefined);
    expect(await badges(ticketId)).toEqual([]);
    const [last] = await listEvents(app().db, { ticketId });
    expect(last).toMatchObject({ name: 'ticket.dueChanged', ticketId });
  });

  it('customers are promised the answer that is due; what is late and what is answered promises nothing', async () => {
    await at.policy({ first: 60, next: 30, solve: 240 });
    const ticketId = await at.receive();
    const other = await at.receive();
    const by = '2026-03-12T08:00:00.000Z';
    const asked = { ticketIds: [ticketId, other], actor: system };
    const promised = async () =>
      (await app().hooks.collect('portal.promises', asked)).flatMap(({ answer }) => answer);
    expect(await promised()).toEqual([
      { ticketId, by },
      { ticketId: other, by },
    ]);
    await at.reply(ticketId);
    expect(await promised()).toEqual([{ ticketId: other, by }]);
    await pass(61);
    expect(await promised()).toEqual([]);
    await at.receive({ ticketId });
    expect(await promised()).toEqual([{ ticketId, by: '2026-03-12T08:31:00.000Z' }]);
  });

  it('in minutes before the end, in working time', async () => {
    await at.policy({ first: 600 }, { warn: { unit: 'minutes', value: 180 } });
    const ticketId = await at.receive();
    await pass(419);
    expect(await told(ticketId)).toEqual([]);
    await pass(2);
    expect(await told(ticketId)).toEqual(['sla.warned']);
  });

  it('what is late goes up, once', async () => {
    const made = await createTeam(app(), { name: 'Rescue', actor: system });
    if (!made.ok) throw new Error('the team was refused');
    const escalate = { teamId: made.teamId, agentId: at.desk.owner.id, priority: 4 as const };
    await at.policy({ first: 60 }, { escalate, heads: [at.desk.owner.id] });
    const ticketId = await at.receive();
    await pass(60);
    expect((await ticket(ticketId)).priority).toBe(2);
    await pass(1);
    expect(await ticket(ticketId)).toMatchObject({
      teamId: made.teamId,
      assigneeId: at.desk.owner.id,
      priority: 4,
    });
    expect(await badges(ticketId)).toMatchObject([{ ticketId, tone: 'danger' }]);
    await pass(1);
    await pass(60);
    expect((await told(ticketId)).filter((name) => name === 'sla.breached')).toHaveLength(1);
    expect(sent.filter(({ subject }) => subject.startsWith('Overdue'))).toHaveLength(1);
  });

  it('what was late long before the policy is told to nobody', async () => {
    const ticketId = await at.receive();
    await at.pass(3 * 1440);
    await at.policy({ first: 60 }, { heads: [at.desk.owner.id] }, 'beginning');
    await pass(1);
    expect(await at.clocks(ticketId)).toMatchObject([{ kind: 'first', state: 'running' }, { kind: 'solve' }]);
    expect(sent).toEqual([]);
    expect(await told(ticketId)).toEqual([]);
  });

  it('a notice that failed is tried again', async () => {
    await at.policy({ first: 60 }, { heads: [at.desk.owner.id] });
    const ticketId = await at.receive();
    const broken = { ...mailer, send: () => Promise.reject(new Error('no mail')) };
    at.desk.clock.pass(61 * 60_000);
    await keepPromises(app(), { segments: undefined, mailer: broken });
    expect(await told(ticketId)).toEqual([]);
    await pass(1);
    expect(sent).toHaveLength(1);
    expect(await told(ticketId)).toEqual(['sla.breached']);
  });
});
