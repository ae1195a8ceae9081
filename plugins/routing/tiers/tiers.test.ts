import {
  assignTicket,
  changeAgent,
  createTeam,
  findTicket,
  readTimeline,
  reopenTicket,
  solveTicket,
  transferTicket,
} from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRoutingDesk, system, type RoutingDesk } from '../../../tests/simulate/routing-desk.js';
import { measureLoad } from '../assign/measure-load.js';
import { savePerson } from '../assign/save-person.js';
import { addCard } from './add-card.js';
import { findWork } from './find-work.js';
import { giveBack } from './give-back.js';
import { handOver, type NewCard } from './hand-over.js';
import { setTiers } from './set-tiers.js';
import { settleHandover } from './settle-handover.js';
import { takeWork } from './take-work.js';

type Person = Awaited<ReturnType<RoutingDesk['person']>>;

const card: NewCard = {
  wanted: 'Pipes by Friday',
  tried: 'Asked the *store*,\nthey are out',
  promised: 'A call today',
  promisedAt: '2026-03-12T15:00:00.000Z',
};

describe.each(testEngines)('tiers, on %s', (engine) => {
  let at: RoutingDesk;
  let first: number;
  let second: number;
  let third: number;
  let lea: Person;
  let ilya: Person;
  let eng: Person;
  let ticketId: number;
  beforeEach(async () => {
    at = await startRoutingDesk({ engine });
    [first, second, third] = [await at.team('Front'), await at.team('Experts'), await at.team('Works')];
    await setTiers(at.desk.app, { tiers: new Map([[second, 2], [third, 3]]), actor: system }); // prettier-ignore
    lea = await at.person('Lea', { teamIds: [first] });
    ilya = await at.person('Ilya', { teamIds: [second] });
    eng = await at.person('Eng', { teamIds: [third] });
    ticketId = await at.ticket({ teamId: first, assigneeId: lea.id });
    await at.desk.drain();
  });
  afterEach(() => at.desk.close());

  const as = ({ id }: Person) => ({ kind: 'agent', id }) as const;
  const ticket = () => findTicket(at.desk.app.db, ticketId);
  const work = () => findWork(at.desk.app.db, ticketId);
  const up = (toTeamId = second, more: Partial<Parameters<typeof handOver>[1]> = {}) =>
    handOver(at.desk.app, {
      ticketId,
      toTeamId,
      workerId: null,
      card,
      agentId: lea.id,
      actor: as(lea),
      ...more,
    });
  const back = async (person: Person, text = '') =>
    giveBack(at.desk.app, {
      ticketId,
      handoverId: (await work())?.handoverId ?? 0,
      text,
      agentId: person.id,
      actor: as(person),
    });
  const notes = async () => {
    const { messages } = await readTimeline(at.desk.app.db, { ticketId });
    return messages.filter(({ kind }) => kind === 'note').map(({ text }) => text);
  };
  const load = async (person: Person) => {
    const weights = { 2: 1 };
    const asked = { agentIds: [person.id], weights, at: at.desk.app.now() };
    return (await measureLoad(at.desk.app.db, asked)).get(person.id);
  };

  it('a hand-over moves the work, not the ownership, and keeps the card as a note', async () => {
    expect(await up()).toMatchObject({ ok: true });
    await at.desk.drain();
    expect(await ticket()).toMatchObject({ teamId: second, assigneeId: lea.id });
    expect(await work()).toMatchObject({ teamId: second, tier: 2, workerId: null, fromTeamId: first });
    expect((await work())?.card).toMatchObject({ wanted: 'Pipes by Friday', by: lea.id });
    expect(await notes()).toEqual([
      String.raw`**Hand-over**

Wanted: Pipes by Friday

Tried: Asked the \*store\*, they are out

Promised: A call today (by 15:00)`,
    ]);
  });

  it('counts for the one who works, and no more for the owner', async () => {
    expect([await load(lea), await load(ilya)]).toEqual([1, 0]);
    await up(second, { workerId: ilya.id });
    expect([await load(lea), await load(ilya)]).toEqual([0, 1]);
    await back(ilya);
    expect([await load(lea), await load(ilya)]).toEqual([1, 0]);
  });

  it('who takes it works on it; two at once are one, and a stranger is none', async () => {
    await up();
    const oleg = await at.person('Oleg', { teamIds: [second] });
    const take = (person: Person, from: number | null = null) =>
      takeWork(at.desk.app, { ticketId, agentId: person.id, from, actor: as(person) });
    expect(await take(lea)).toMatchObject({ ok: false });
    const both = await Promise.all([take(ilya), take(oleg)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = (await work())?.workerId ?? null;
    expect([ilya.id, oleg.id]).toContain(winner);
    expect(await take(winner === ilya.id ? oleg : ilya, winner)).toEqual({ ok: true });
  });

  it('comes back where it was, with what was found, once', async () => {
    await up();
    expect(await back(ilya, 'There are **some** in Perm')).toBe(true);
    await at.desk.drain();
    expect(await ticket()).toMatchObject({ teamId: first, assigneeId: lea.id });
    expect(await work()).toBeUndefined();
    expect((await notes()).at(-1)).toBe('There are **some** in Perm');
    await expect(back(ilya)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('goes on to the third tier and comes back step by step, to whom it was with', async () => {
    await up();
    await takeWork(at.desk.app, { ticketId, agentId: ilya.id, from: null, actor: as(ilya) });
    expect(await up(third, { agentId: ilya.id, actor: as(ilya) })).toMatchObject({ ok: true });
    await at.desk.drain();
    expect(await work()).toMatchObject({ tier: 3, teamId: third, workerId: null });
    await back(eng);
    await at.desk.drain();
    expect(await work()).toMatchObject({ tier: 2, teamId: second, workerId: ilya.id });
    expect(await ticket()).toMatchObject({ teamId: second, assigneeId: lea.id });
    await back(ilya);
    await at.desk.drain();
    expect(await ticket()).toMatchObject({ teamId: first, assigneeId: lea.id });
  });

  it('a ticket without an owner is owned by who hands it over', async () => {
    await assignTicket(at.desk.app, { ticketId, assigneeId: null, actor: system });
    await up();
    expect((await ticket()).assigneeId).toBe(lea.id);
  });

  it.each([
    { what: 'not higher', to: () => first, because: 'notHigher', field: 'toTeamId' },
    { what: 'unknown', to: () => 999, because: 'noTeam', field: 'toTeamId' },
  ])('refuses a team that is $what', async ({ to, because, field }) => {
    expect(await up(to())).toEqual({ ok: false, because: `routing.tiers.problem.${because}`, field });
    expect(await work()).toBeUndefined();
  });

  it('refuses a team without people or sight, a person of another team, a card with a line empty, a done ticket', async () => {
    const empty = await createTeam(at.desk.app, { name: 'Empty', actor: system });
    const emptyId = empty.ok ? empty.teamId : 0;
    await setTiers(at.desk.app, { tiers: new Map([[emptyId, 2]]), actor: system });
    expect(await up(emptyId)).toMatchObject({ because: 'routing.tiers.problem.emptyTeam' });
    expect(await up(second, { workerId: eng.id })).toMatchObject({ field: 'workerId' });
    expect(await up(second, { card: { ...card, tried: ' ' } })).toMatchObject({ field: 'tried' });
    await changeAgent(at.desk.app, { agentId: ilya.id, sees: 'lines', lineIds: [], actor: system });
    expect(await up()).toMatchObject({ because: 'routing.tiers.problem.blind' });
    await solveTicket(at.desk.app, { ticketId, actor: system });
    expect(await up(third)).toMatchObject({ because: 'routing.tiers.problem.done' });
  });

  it('sent twice, is one hand-over with one note', async () => {
    const once = { idempotencyKey: 'k' };
    const [a, b] = [await up(second, once), await up(second, once)];
    expect(b).toEqual(a);
    expect(await notes()).toHaveLength(1);
    expect(await at.desk.app.db('routing_handovers')).toHaveLength(1);
  });

  it('by two at once is one hand-over', async () => {
    const both = await Promise.all([up(), up(second, { agentId: ilya.id, actor: as(ilya) })]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await at.desk.app.db('routing_handovers')).toHaveLength(1);
    await back(ilya);
    expect(await work()).toBeUndefined();
  });

  it('one that was cut off is ended by the follower', async () => {
    const done = await up();
    const { writer } = at.desk.app.database;
    // As after a crash between the hand-over and what follows from it.
    await writer('routing_handovers').update({ settledAt: null });
    await writer('tickets').where({ id: ticketId }).update({ teamId: first });
    await at.desk.drain();
    expect((await ticket()).teamId).toBe(second);
    await settleHandover(at.desk.app, done.ok ? done.handoverId : 0, system);
    expect(await notes()).toHaveLength(1);
  });

  describe('a team that is chosen in the ticket itself', () => {
    const move = async (teamId: number | null) => {
      await transferTicket(at.desk.app, { ticketId, teamId, actor: as(lea) });
      await at.desk.drain();
    };

    it('upwards is a hand-over that still wants its card', async () => {
      await move(second);
      expect(await work()).toMatchObject({ tier: 2, teamId: second, card: null });
      expect((await ticket()).assigneeId).toBe(lea.id);
      const handoverId = (await work())?.handoverId ?? 0;
      const write = () =>
        addCard(at.desk.app, { ticketId, handoverId, card, agentId: lea.id, actor: as(lea) });
      expect(await write()).toEqual({ ok: true });
      expect((await work())?.card?.wanted).toBe('Pipes by Friday');
      expect(await write()).toMatchObject({ ok: false });
      expect(await notes()).toHaveLength(1);
    });

    it('downwards ends what was above it', async () => {
      await up();
      await up(third, { agentId: ilya.id, actor: as(ilya) });
      await at.desk.drain();
      await move(second);
      expect(await work()).toMatchObject({ tier: 2, teamId: second });
      await move(null);
      expect(await work()).toBeUndefined();
    });

    it('of the same tier takes the card along', async () => {
      const other = await at.team('Other experts');
      await setTiers(at.desk.app, { tiers: new Map([[other, 2]]), actor: system });
      await up(second, { workerId: ilya.id });
      await at.desk.drain();
      await move(other);
      expect(await work()).toMatchObject({ teamId: other, workerId: null });
      expect((await work())?.card?.wanted).toBe('Pipes by Friday');
    });
  });

  it('ends with the ticket, which lies with its owner when it is opened again', async () => {
    await up(second, { workerId: ilya.id });
    await up(third, { agentId: ilya.id, actor: as(ilya) });
    await at.desk.drain();
    await solveTicket(at.desk.app, { ticketId, actor: as(lea) });
    await at.desk.drain();
    expect(await work()).toBeUndefined();
    await reopenTicket(at.desk.app, { ticketId, actor: as(lea) });
    expect(await ticket()).toMatchObject({ teamId: first, assigneeId: lea.id });
  });

  describe('who answers the customer', () => {
    const answer = (person: Person) =>
      at.desk.app.hooks.allow('message.sending', {
        ticketId,
        text: 'Hello',
        recipients: [],
        actor: as(person),
      });

    it('is the owner while others work, and anybody when they do not', async () => {
      await answer(ilya);
      await up();
      await answer(lea);
      await expect(answer(ilya)).rejects.toMatchObject({ code: 'ACTION_REFUSED' });
      await back(ilya);
      await answer(ilya);
    });

    it('is the deputy of an owner who is away, or anybody when there is none', async () => {
      await up();
      const dora = await at.person('Dora', { teamIds: [first] });
      await savePerson(at.desk.app, { agentId: lea.id, awayFrom: '2026-03-12', actor: system });
      await answer(ilya);
      await savePerson(at.desk.app, { agentId: lea.id, deputyId: dora.id, actor: system });
      await answer(dora);
      await expect(answer(ilya)).rejects.toMatchObject({ code: 'ACTION_REFUSED' });
    });

    it('is left open where the company says so', async () => {
      await up();
      const fields = at.desk.app.settingFields('routing') ?? {};
      await at.desk.app.settings.save('routing', fields, { values: { ownerAnswers: false }, actor: system });
      await answer(ilya);
    });
  });
});
