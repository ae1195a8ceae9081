import {
  chooseHat,
  findTicket,
  listEvents,
  reopenTicket,
  setDue,
  setPriority,
  snoozeTicket,
  solveTicket,
  waitForCustomer,
} from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSlaDesk, system, type SlaDesk } from '../../../tests/sla/sla-desk.js';
import { pauseClocks, resumeClocks } from './pause-clocks.js';

const moscow = (text: string) => new Date(`2026-03-${text}:00+03:00`).toISOString();

describe.each(testEngines)('clocks on %s', (engine) => {
  let at: SlaDesk;
  beforeEach(async () => {
    at = await startSlaDesk(engine);
  });
  afterEach(() => at.desk.close());

  const app = () => at.desk.app;
  const agent = () => ({ kind: 'agent', id: at.desk.owner.id }) as const;
  const due = async (ticketId: number) => (await findTicket(app().db, ticketId)).dueAt;

  it('a letter starts them and lists sort by the earliest; an answer moves it on', async () => {
    await at.policy({ first: 240, solve: 480 });
    const ticketId = await at.receive();
    expect(await due(ticketId)).toBe(moscow('12T14:00'));
    await at.pass(60);
    await at.reply(ticketId);
    expect(await due(ticketId)).toBe(moscow('12T18:00'));
    expect(await at.clocks(ticketId)).toMatchObject([
      { kind: 'first', n: 1, state: 'met', dueAt: moscow('12T14:00'), endedAt: moscow('12T11:00') },
      { kind: 'solve', n: 1, state: 'running', dueAt: moscow('12T18:00'), endedAt: null, norm: 480 * 60_000 },
    ]);
    await solveTicket(app(), { ticketId, actor: agent() });
    await at.desk.drain();
    expect(await due(ticketId)).toBe(null);
  });

  it('a ticket that waits has no due time; the customer brings it back', async () => {
    await at.policy({ solve: 480 });
    const ticketId = await at.receive();
    await at.pass(60);
    await waitForCustomer(app(), { ticketId, actor: agent() });
    await at.desk.drain();
    expect(await due(ticketId)).toBe(null);
    expect(await at.clocks(ticketId)).toMatchObject([
      { kind: 'first', state: 'none' },
      { kind: 'solve', state: 'paused', dueAt: null },
    ]);
    await at.pass(120);
    const { contactId } = await findTicket(app().db, ticketId);
    await at.receive({ ticketId, contactId });
    expect(await due(ticketId)).toBe(moscow('13T11:00'));
  });

  it('stopped by hand with a reason, and let go', async () => {
    await at.policy({ solve: 480 });
    const ticketId = await at.receive();
    await pauseClocks(app(), { ticketId, reason: 'No electricity', actor: agent() });
    await at.desk.drain();
    expect(await due(ticketId)).toBe(null);
    await at.pass(60);
    await resumeClocks(app(), { ticketId, actor: agent() });
    await at.desk.drain();
    expect(await due(ticketId)).toBe(moscow('13T10:00'));
  });

  it('an earlier date of an agent wins, a later one does not, and it comes back in the end', async () => {
    await at.policy({ first: 240 });
    const ticketId = await at.receive();
    const setBy = async (dueAt: string | null) => {
      await setDue(app(), { ticketId, dueAt, actor: agent() });
      await at.desk.drain();
      return due(ticketId);
    };
    expect(await setBy(moscow('12T12:00'))).toBe(moscow('12T12:00'));
    expect(await setBy(moscow('20T12:00'))).toBe(moscow('12T14:00'));
    await at.pass(10);
    await at.reply(ticketId);
    expect(await due(ticketId)).toBe(moscow('20T12:00'));
    expect(await setBy(null)).toBe(null);
  });

  it('without a policy the dates of agents are left alone', async () => {
    const ticketId = await at.receive();
    await setDue(app(), { ticketId, dueAt: moscow('20T12:00'), actor: agent() });
    await at.pass(5);
    expect(await due(ticketId)).toBe(moscow('20T12:00'));
    const events = await listEvents(app().db, { ticketId, name: 'ticket.dueChanged' });
    expect(events).toHaveLength(1);
  });

  it('switched on late from the beginning, it knows the past; from now on, it does not', async () => {
    const early = await at.receive();
    await at.pass(60);
    await at.reply(early);
    const open = await at.receive();
    await at.pass(60);
    await at.policy({ first: 30 });
    expect(await at.clocks(early)).toMatchObject([
      { kind: 'first', state: 'none' },
      { kind: 'solve', state: 'none' },
    ]);
    expect(await due(open)).toBe(moscow('12T12:30'));
    await at.policy({ first: 30 }, {}, 'beginning');
    expect(await at.clocks(early)).toMatchObject([
      { kind: 'first', state: 'missed', dueAt: moscow('12T10:30') },
      { kind: 'solve' },
    ]);
    expect(await due(open)).toBe(moscow('12T11:30'));
  });

  it('thrown away and derived from the log again, they are the same', async () => {
    await at.policy({ first: 60, next: 60, solve: 480 });
    const tickets = [await at.receive(), await at.receive()];
    const [one = 0, two = 0] = tickets;
    await at.pass(20);
    await at.reply(one);
    await setPriority(app(), { ticketId: two, priority: 4, actor: agent() });
    await snoozeTicket(app(), { ticketId: two, until: moscow('16T10:00'), actor: agent() });
    await at.pass(90);
    const { contactId } = await findTicket(app().db, one);
    await at.receive({ ticketId: one, contactId });
    await pauseClocks(app(), { ticketId: two, reason: 'Parts', actor: agent() });
    await at.policy({ first: 30, next: 30, solve: 240 });
    await at.pass(45);
    await solveTicket(app(), { ticketId: one, actor: agent() });
    await at.pass(45);
    await reopenTicket(app(), { ticketId: one, actor: agent() });
    await resumeClocks(app(), { ticketId: two, actor: agent() });
    await chooseHat(app(), { ticketId: two, membershipId: null, reason: 'core.hat.chosen', actor: agent() });
    await at.pass(30);
    const live = await at.clocks();
    expect(live.length).toBeGreaterThan(4);
    const { writer } = app().database;
    await app().switchPlugin('sla', false, system);
    await writer('sla_clocks').delete();
    await writer('followers').where({ name: 'sla.clocks' }).update({ cursor: 0 });
    await app().switchPlugin('sla', true, system);
    await at.desk.drain();
    expect(await at.clocks()).toEqual(live);
  });
});
