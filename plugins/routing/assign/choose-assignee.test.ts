import {
  addMembership,
  assignTicket,
  createOrganization,
  disableAgent,
  findTicket,
  patchPreferences,
  setPriority,
  solveTicket,
  tagTicket,
  waitForCustomer,
} from '@helpdesk/core';
import { postgresPlace, testEngines } from '@helpdesk/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRoutingDesk, system as actor, type RoutingDesk } from '../../../tests/simulate/routing-desk.js';
import { chooseAssignee, type ChooseAssignee, type Strategy } from './choose-assignee.js';
import { savePerson } from './save-person.js';
import { sayWhy } from './say-why.js';
import { setManager } from './set-manager.js';

describe.each(testEngines)('who gets a ticket, on %s', (engine) => {
  let at: RoutingDesk;
  let teamId: number;
  const made = new Map<string, number>();
  beforeEach(async () => {
    at = await startRoutingDesk({ engine });
    teamId = await at.team('Sales');
    for (const name of ['Ann', 'Bob', 'Cid'])
      made.set(name, (await at.person(name, { teamIds: [teamId] })).id);
  });
  afterEach(() => at.desk.close());

  const id = (name: string) => made.get(name) ?? 0;
  const nameOf = (agentId: number | null) => [...made].find(([, one]) => one === agentId)?.[0] ?? null;
  const ask = (ticketId: number, strategy: Strategy, more: Partial<ChooseAssignee> = {}) =>
    chooseAssignee(at.desk.app, { strategy, teamId, ticketId, ...more });
  const say = (why: Parameters<typeof sayWhy>[1], language = 'en') =>
    sayWhy((key, values) => at.desk.app.t(language, key, values), why);
  /** Chooses and assigns, as a rule does. */
  async function give(strategy: Strategy, ticketId?: number): Promise<string | null> {
    const ticket = ticketId ?? (await at.ticket());
    const { agentId } = await ask(ticket, strategy);
    if (agentId !== null) await assignTicket(at.desk.app, { ticketId: ticket, assigneeId: agentId, actor });
    return nameOf(agentId);
  }
  const set = (name: string, fields: Omit<Parameters<typeof savePerson>[1], 'agentId' | 'actor'>) =>
    savePerson(at.desk.app, { agentId: id(name), ...fields, actor });

  describe('in turn', () => {
    it('goes round, past those who are away, and lets a newcomer in once', async () => {
      const round = [];
      for (let i = 0; i < 6; i += 1) round.push(await give('roundRobin'));
      expect(round).toEqual(['Ann', 'Bob', 'Cid', 'Ann', 'Bob', 'Cid']);
      await set('Ann', { awayFrom: '2026-03-12', awayUntil: '2026-03-13' });
      expect([await give('roundRobin'), await give('roundRobin')]).toEqual(['Bob', 'Cid']);
      at.desk.clock.pass(2 * 24 * 3_600_000);
      made.set('Dan', (await at.person('Dan', { teamIds: [teamId] })).id);
      expect([await give('roundRobin'), await give('roundRobin'), await give('roundRobin')]).toEqual([
        'Dan',
        'Ann',
        'Bob',
      ]);
    });

    it('answers the same for a ticket that is asked for again before it has an owner', async () => {
      const ticketId = await at.ticket();
      const first = await ask(ticketId, 'roundRobin');
      expect((await ask(ticketId, 'roundRobin')).agentId).toBe(first.agentId);
      at.desk.clock.pass(3 * 60_000);
      expect((await ask(ticketId, 'roundRobin')).agentId).not.toBe(first.agentId);
    });

    it('takes no turn when it only asks', async () => {
      const ticketId = await at.ticket();
      for (let i = 0; i < 3; i += 1)
        expect(nameOf((await ask(ticketId, 'roundRobin', { isDry: true })).agentId)).toBe('Ann');
      expect(await at.desk.app.db('routing_choices')).toEqual([]);
      expect(await give('roundRobin', ticketId)).toBe('Ann');
    });

    it('has a round of its own for each team, and one for everybody', async () => {
      const other = await at.team('Stock');
      made.set('Eve', (await at.person('Eve', { teamIds: [other] })).id);
      expect(await give('roundRobin')).toBe('Ann');
      expect((await ask(await at.ticket(), 'roundRobin', { teamId: other })).agentId).toBe(id('Eve'));
      expect((await ask(await at.ticket(), 'roundRobin', { teamId: null })).agentId).toBe(at.desk.owner.id);
    });
  });

  describe('by load', () => {
    it('weighs open tickets by priority, and says how many lie where', async () => {
      await assignTicket(at.desk.app, {
        ticketId: await at.ticket({ priority: 4 }),
        assigneeId: id('Ann'),
        actor,
      });
      for (let i = 0; i < 2; i += 1)
        await assignTicket(at.desk.app, { ticketId: await at.ticket(), assigneeId: id('Bob'), actor });
      await set('Bob', { loadLimit: 10 });
      await set('Cid', { awayFrom: '2026-03-01' });
      const { agentId, why } = await ask(await at.ticket(), 'load');
      expect(nameOf(agentId)).toBe('Bob');
      expect(say(why)).toBe('Bob: fewest open, 2 of 10. Cid is away.');
      expect(say(why, 'ru')).toBe('Bob: меньше всего открытых, 2 из 10. Cid не на месте.');
    });

    it('weighs nothing that waits for the customer or is done', async () => {
      const [waiting, done] = [await at.ticket(), await at.ticket({ priority: 4 })];
      for (const ticketId of [waiting, done])
        await assignTicket(at.desk.app, { ticketId, assigneeId: id('Ann'), actor });
      await assignTicket(at.desk.app, { ticketId: await at.ticket(), assigneeId: id('Bob'), actor });
      await assignTicket(at.desk.app, { ticketId: await at.ticket(), assigneeId: id('Cid'), actor });
      await waitForCustomer(at.desk.app, { ticketId: waiting, actor });
      await solveTicket(at.desk.app, { ticketId: done, actor });
      expect(await give('load')).toBe('Ann');
    });

    it('gives nobody more than his limit, and then nobody anything', async () => {
      for (const name of ['Ann', 'Bob', 'Cid']) await set(name, { loadLimit: name === 'Cid' ? 0 : 2 });
      const given = [];
      for (let i = 0; i < 5; i += 1) given.push(await give('load'));
      expect(given).toEqual(['Ann', 'Bob', 'Ann', 'Bob', null]);
      const { why } = await ask(await at.ticket(), 'load');
      expect(say(why)).toBe(
        'Nobody of the team Sales can take it now. Ann is full, 2 of 2; Bob is full, 2 of 2; Cid is full, 0 of 0.',
      );
    });

    it('follows the weights that the company has set', async () => {
      const fields = at.desk.app.settingFields('routing') ?? {};
      await at.desk.app.settings.save('routing', fields, { values: { weightUrgent: '0' }, actor });
      const urgent = await at.ticket();
      await setPriority(at.desk.app, { ticketId: urgent, priority: 4, actor });
      await assignTicket(at.desk.app, { ticketId: urgent, assigneeId: id('Ann'), actor });
      expect([await give('load'), await give('load'), await give('load')]).toEqual(['Ann', 'Bob', 'Cid']);
    });
  });

  describe('by availability', () => {
    const seen = (name: string) =>
      at.desk.app.database
        .writer('agents')
        .where({ id: id(name) })
        .update({ lastSeenAt: at.desk.app.now().toISOString() });

    it('asks those alone who are not away, in their hours and seen lately', async () => {
      const week = (hours: readonly [number, number]) => Array.from({ length: 7 }, () => [hours]);
      await set('Ann', { shifts: week([0, 8 * 60]) });
      await set('Bob', { shifts: week([9 * 60, 18 * 60]) });
      for (const name of ['Ann', 'Bob']) await seen(name);
      const { agentId, why } = await ask(await at.ticket(), 'available');
      expect(nameOf(agentId)).toBe('Bob');
      expect(say(why)).toBe(
        'Bob: at work now, fewest open, 0. Ann is out of hours; Cid was not seen for 15 minutes.',
      );
      at.desk.clock.pass(16 * 60_000);
      expect(await give('available')).toBeNull();
    });

    it('believes who says in the menu that he is away', async () => {
      for (const name of ['Ann', 'Bob', 'Cid']) await seen(name);
      const away = JSON.stringify(patchPreferences({}, { away: true }));
      await at.desk.app.database
        .writer('agents')
        .where({ id: id('Ann') })
        .update({ preferences: away });
      expect(await give('available')).toBe('Bob');
    });
  });

  describe('among whom', () => {
    it('asks for the skills that the tags of a ticket name', async () => {
      await set('Bob', { skills: ['Stainless steel', 'Customs'] });
      await set('Cid', { skills: ['customs'] });
      const ticketId = await at.ticket();
      await tagTicket(at.desk.app, { ticketId, tag: 'stainless STEEL', actor });
      await tagTicket(at.desk.app, { ticketId, tag: 'whatever', actor });
      const { agentId, why } = await ask(ticketId, 'load');
      expect(nameOf(agentId)).toBe('Bob');
      expect(say(why)).toContain('Ann lacks stainless STEEL');
      expect((await ask(await at.ticket(), 'load', { skill: 'welding' })).agentId).toBeNull();
    });

    it('passes those who do not answer customers, or do not see the line', async () => {
      made.set('Oli', (await at.person('Oli', { teamIds: [teamId], role: 'observer' })).id);
      made.set('Lin', (await at.person('Lin', { teamIds: [teamId], sees: 'lines', lineIds: [] })).id);
      for (const name of ['Ann', 'Bob', 'Cid']) await disableAgent(at.desk.app, { agentId: id(name), actor });
      const { agentId, why } = await ask(await at.ticket(), 'roundRobin');
      expect(agentId).toBeNull();
      expect(say(why)).toContain('Lin does not see this line; Oli does not answer customers.');
    });

    it('says so when a team is empty', async () => {
      const empty = await at.team('Nobody yet');
      const { agentId, why } = await ask(await at.ticket(), 'load', { teamId: empty });
      expect(agentId).toBeNull();
      expect(say(why)).toBe('Nobody: there is nobody in the team Nobody yet.');
    });
  });

  describe('account managers', () => {
    const manager = async (contactId: number, membershipId: number | null = null) =>
      chooseAssignee(at.desk.app, {
        strategy: 'manager',
        teamId: null,
        ticketId: await at.ticket({ contactId, membershipId }),
      });

    it('are of the contact, else of the organization for which he writes, else of the segment', async () => {
      const contactId = await at.contact();
      expect(say((await manager(contactId)).why)).toBe('Nobody: the customer has no account manager.');
      await putIntoSegment(contactId, id('Cid'));
      expect(say((await manager(contactId)).why)).toBe('Cid: account manager of the segment.');
      const organizationId = await createOrganization(at.desk.app, { name: 'Mill', actor });
      const hat = await addMembership(at.desk.app, { contactId, organizationId, role: 'employee', actor });
      const own = await addMembership(at.desk.app, {
        contactId,
        organizationId: null,
        role: 'private',
        actor,
      });
      await setManager(at.desk.app, { organizationId, agentId: id('Bob'), actor });
      expect(nameOf((await manager(contactId, hat)).agentId)).toBe('Bob');
      expect(nameOf((await manager(contactId)).agentId)).toBe('Bob');
      expect(nameOf((await manager(contactId, own)).agentId)).toBe('Cid');
      await setManager(at.desk.app, { contactId, agentId: id('Ann'), actor });
      expect(say((await manager(contactId, hat)).why)).toBe('Ann: account manager of this customer.');
      await setManager(at.desk.app, { contactId, agentId: null, actor });
      expect(nameOf((await manager(contactId, hat)).agentId)).toBe('Bob');
    });

    it('are stood in for while they are away, by whoever is there', async () => {
      const contactId = await at.contact();
      await setManager(at.desk.app, { contactId, agentId: id('Ann'), actor });
      await set('Ann', { awayFrom: '2026-03-10', awayUntil: '2026-03-20' });
      expect(say((await manager(contactId)).why)).toBe(
        'Nobody: Ann is away until 2026-03-20, and nobody stands in.',
      );
      await set('Ann', { deputyId: id('Bob') });
      await set('Bob', { awayFrom: '2026-03-10', deputyId: id('Cid') });
      const { agentId, why } = await manager(contactId);
      expect(nameOf(agentId)).toBe('Cid');
      expect(say(why)).toBe('Cid stands in for Ann, who is away until 2026-03-20.');
      // Who stands in for each other and is away finds an end.
      await set('Cid', { awayFrom: '2026-03-10', deputyId: id('Ann') });
      expect((await manager(contactId)).agentId).toBeNull();
    });

    it('are stood in for when their account is switched off', async () => {
      const contactId = await at.contact();
      await setManager(at.desk.app, { contactId, agentId: id('Ann'), actor });
      await disableAgent(at.desk.app, { agentId: id('Ann'), actor });
      expect((await manager(contactId)).agentId).toBeNull();
      await at.desk.app.database
        .writer('routing_people')
        .insert({ agentId: id('Ann'), deputyId: id('Bob'), version: 1 });
      expect(say((await manager(contactId)).why)).toBe(
        'Bob stands in for Ann, who does not answer customers.',
      );
    });

    it('get their own customers beyond their limit', async () => {
      const contactId = await at.contact();
      await setManager(at.desk.app, { contactId, agentId: id('Ann'), actor });
      await set('Ann', { loadLimit: 0 });
      expect(nameOf((await manager(contactId)).agentId)).toBe('Ann');
    });

    async function putIntoSegment(contactId: number, managerId: number): Promise<void> {
      const { writer } = at.desk.app.database;
      const [row] = await writer('routing_segments')
        .insert({ mark: 'A', name: 'Large', position: 1, managerId })
        .returning<{ id: number }[]>('id');
      const since = at.desk.app.now().toISOString();
      await writer('routing_members').insert({ contactId, segmentId: row?.id, source: 'hand', since });
    }
  });

  it('refuses a deputy of oneself and what somebody else saved meanwhile', async () => {
    expect(await set('Ann', { deputyId: id('Ann') })).toMatchObject({ ok: false, field: 'deputyId' });
    expect(await set('Ann', { loadLimit: 3, expectedVersion: 0 })).toEqual({ ok: true });
    expect(await set('Ann', { loadLimit: 4, expectedVersion: 0 })).toMatchObject({ field: 'version' });
    expect(await at.desk.app.db('routing_people').first('loadLimit')).toEqual({ loadLimit: 3 });
  });

  it('leaves the assigning to whoever asks', async () => {
    const ticketId = await at.ticket();
    await ask(ticketId, 'load');
    expect((await findTicket(at.desk.app.db, ticketId)).assigneeId).toBeNull();
  });
});

describe.skipIf(!testEngines.includes('postgres'))('two processes on one PostgreSQL', () => {
  let place: Awaited<ReturnType<typeof postgresPlace>>;
  let one: RoutingDesk;
  let two: RoutingDesk;
  let teamId: number;
  let ids: number[];
  beforeEach(async () => {
    place = await postgresPlace();
    one = await startRoutingDesk({ database: place.url });
    two = await startRoutingDesk({ database: place.url, bare: true });
    teamId = await one.team('Sales');
    const people = [];
    for (const name of ['Ann', 'Bob', 'Cid', 'Dan'])
      people.push(await one.person(name, { teamIds: [teamId] }));
    ids = people.map(({ id }) => id);
  });
  afterEach(async () => {
    await two.desk.close();
    await one.desk.close();
    await place.drop();
  });

  async function giveAll(strategy: Strategy, howMany: number): Promise<Map<number | null, number>> {
    const tickets = [];
    for (let i = 0; i < howMany; i += 1) tickets.push(await one.ticket());
    const counts = new Map<number | null, number>();
    await Promise.all(
      tickets.map(async (ticketId, i) => {
        const { app } = (i % 2 === 0 ? one : two).desk;
        const { agentId } = await chooseAssignee(app, { strategy, teamId, ticketId });
        counts.set(agentId, (counts.get(agentId) ?? 0) + 1);
        if (agentId !== null) await assignTicket(app, { ticketId, assigneeId: agentId, actor });
      }),
    );
    return counts;
  }

  it.each(['roundRobin', 'load'] as const)('share out evenly what comes at once: %s', async (strategy) => {
    const counts = await giveAll(strategy, 40);
    expect(ids.map((id) => counts.get(id))).toEqual([10, 10, 10, 10]);
  });

  it('never go beyond a limit together', async () => {
    for (const agentId of ids) await savePerson(one.desk.app, { agentId, loadLimit: 5, actor });
    const counts = await giveAll('load', 32);
    expect(ids.map((id) => counts.get(id))).toEqual([5, 5, 5, 5]);
    expect(counts.get(null)).toBe(12);
  });
});

it('goes on with the round where it was after a restart', async () => {
  const at = await startRoutingDesk();
  const teamId = await at.team('Sales');
  const ids = [];
  for (const name of ['Ann', 'Bob', 'Cid']) ids.push((await at.person(name, { teamIds: [teamId] })).id);
  const next = async (desk: RoutingDesk) =>
    (await chooseAssignee(desk.desk.app, { strategy: 'roundRobin', teamId, ticketId: await at.ticket() }))
      .agentId;
  expect([await next(at), await next(at)]).toEqual(ids.slice(0, 2));
  const again = await startRoutingDesk({ database: `sqlite:${at.desk.folder}/helpdesk.sqlite`, bare: true });
  expect(await next(again)).toBe(ids[2]);
  await again.desk.close();
  await at.desk.close();
});
