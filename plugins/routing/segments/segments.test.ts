import {
  addMembership,
  changeOrganization,
  createOrganization,
  endMembership,
  findOrganization,
  mergeContacts,
  solveTicket,
  unmergeContacts,
  change,
} from '@helpdesk/core';
import { testEngines } from '@helpdesk/core/testing';
import { desk as workspace } from '@helpdesk/plugin-desk';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRulesDesk, system, type RulesDesk } from '../../../tests/routing/rules-desk.js';
import { segments as segmentsService } from '../contract.js';
import type { SegmentRule } from '../conditions/condition.js';
import { applyToAll } from './apply-rules.js';
import { importSegments } from './import-segments.js';
import { leaveToRules, putInSegment } from './put-in-segment.js';
import { readImport } from './read-import.js';
import { segmentFacts } from './report-segments.js';
import { archiveSegment, saveSegment } from './save-segment.js';
import { readSegments } from './segments-of.js';

describe.each(testEngines)('segments on %s', (engine) => {
  let at: RulesDesk;
  let ids: Map<string, number>;
  beforeEach(async () => {
    at = await startRulesDesk(engine, [workspace()]);
    ids = new Map((await readSegments(app().db)).map(({ mark, id }) => [mark, id]));
  });
  afterEach(() => at.desk.close());

  const app = () => at.desk.app;
  const id = (mark: string) => ids.get(mark) ?? 0;
  const service = () => app().service(segmentsService);
  const markOf = async (contactId: number) => (await service()?.segmentOf(contactId))?.segment.mark;
  const join = (contactId: number, organizationId: number) =>
    addMembership(app(), {
      contactId,
      organizationId,
      role: 'employee',
      actor: system,
    });
  const byHand = (who: { contactId: number } | { organizationId: number }, segmentId: number | null) =>
    change(app(), (step) => putInSegment(step, { ...who, segmentId, source: 'hand', actor: system }));
  const withRule = (
    mark: string,
    about: SegmentRule['about'],
    field: string,
    op: string,
    ...values: string[]
  ) =>
    saveSegment(app(), {
      segmentId: id(mark),
      mark,
      name: mark,
      teamId: null,
      managerId: null,
      rule: {
        about,
        match: 'all',
        groups: [{ match: 'all', conditions: [{ field, op: op as 'in', values }] }],
      },
      actor: system,
    });
  const memberOf = (who: object) =>
    app().db('routing_members').where(who).first('segmentId', 'source') as Promise<unknown>;

  it('begin with VIP and A to D', async () => {
    expect((await service()?.list())?.map(({ mark }) => mark)).toEqual(['VIP', 'A', 'B', 'C', 'D']);
  });

  it('a contact has his own, else that of the organization', async () => {
    const contactId = await at.contact('Ann');
    const organizationId = await at.organization('Metal');
    expect(await markOf(contactId)).toBeUndefined();
    await join(contactId, organizationId);
    await byHand({ organizationId }, id('B'));
    expect(await service()?.segmentOf(contactId)).toMatchObject({
      from: 'organization',
      segment: { mark: 'B' },
    });
    await byHand({ contactId }, id('VIP'));
    expect(await service()?.segmentOf(contactId)).toMatchObject({
      from: 'contact',
      segment: { mark: 'VIP' },
    });
    await byHand({ contactId }, null);
    expect(await markOf(contactId)).toBeUndefined();
  });

  it('a ticket has that of the hat in which it was written', async () => {
    const contactId = await at.contact('Ann');
    const [big, small] = [await at.organization('Big'), await at.organization('Small')];
    await byHand({ organizationId: big }, id('A'));
    await byHand({ organizationId: small }, id('D'));
    await join(contactId, big);
    await join(contactId, small);
    const ticketId = await at.open({ contactId });
    const hats: { id: number; organizationId: number }[] = await app().db('memberships').where({ contactId });
    const wears = async (organizationId: number | null) => {
      const membershipId = hats.find((hat) => hat.organizationId === organizationId)?.id ?? null;
      await app().database.writer('tickets').where({ id: ticketId }).update({ membershipId });
      return (await service()?.segmentsOfTickets([ticketId]))?.get(ticketId)?.mark;
    };
    expect(await wears(small)).toBe('D');
    expect(await wears(big)).toBe('A');
    expect(await wears(null)).toBe('A');
    await endMembership(app(), { contactId, membershipId: hats[0]?.id ?? 0, actor: system });
    expect(await wears(null)).toBe('D');
  });

  it('rules move who changes, at once and by the log', async () => {
    await withRule('A', 'organization', 'organization.domain', 'equals', 'metal.example');
    await withRule('B', 'contact', 'contact.address', 'contains', '@partner.example');
    const organizationId = await at.organization('Metal');
    const contactId = await at.contact('Bob', 'bob@partner.example');
    await at.desk.drain();
    expect(await memberOf({ contactId })).toEqual({ segmentId: id('B'), source: 'rule' });
    expect(await memberOf({ organizationId })).toBeUndefined();
    const { version } = await findOrganization(app().db, organizationId);
    const rename = (domain: string, expectedVersion: number) =>
      changeOrganization(app(), { organizationId, fields: { domain }, expectedVersion, actor: system });
    await rename('metal.example', version);
    await at.desk.drain();
    expect(await memberOf({ organizationId })).toEqual({ segmentId: id('A'), source: 'rule' });
    await rename('other.example', version + 1);
    await at.desk.drain();
    expect(await memberOf({ organizationId })).toBeUndefined();
    const told = await app()
      .db('events')
      .where({ name: 'routing.segmentChanged' })
      .orderBy('id')
      .select('payload');
    expect(told.map(({ payload }) => JSON.parse(payload))).toMatchObject([
      { contactId, from: null, to: id('B'), source: 'rule' },
      { organizationId, from: null, to: id('A') },
      { organizationId, from: id('A'), to: null },
    ]);
  });

  it('rules are applied to everybody nightly, as counts of tickets grow by themselves', async () => {
    const contactId = await at.contact('Ann');
    await withRule('VIP', 'contact', 'tickets.year', 'atLeast', '2');
    await at.desk.drain();
    await at.open({ contactId });
    await at.open({ contactId });
    await at.desk.drain();
    expect(await markOf(contactId)).toBeUndefined();
    at.desk.clock.pass(24 * 3_600_000);
    await at.desk.drain();
    expect(await markOf(contactId)).toBe('VIP');
    at.desk.clock.pass(366 * 24 * 3_600_000);
    await applyToAll(app());
    expect(await markOf(contactId)).toBeUndefined();
  });

  it('the first rule in order decides; what a hand or an import said stays', async () => {
    await withRule('A', 'contact', 'contact.name', 'contains', 'ann');
    await withRule('C', 'contact', 'contact.name', 'contains', 'ann; bob');
    const [ann, bob, other] = [await at.contact('Ann'), await at.contact('Bob'), await at.contact('Ann Two')];
    await byHand({ contactId: other }, id('D'));
    await applyToAll(app());
    expect([await markOf(ann), await markOf(bob), await markOf(other)]).toEqual(['A', 'C', 'D']);
    await change(app(), (step) => leaveToRules(step, { contactId: other, actor: system }));
    await applyToAll(app());
    expect(await markOf(other)).toBe('A');
  });

  it('go with a merge of contacts and come back with its undo', async () => {
    const [kept, gone] = [await at.contact('Ann'), await at.contact('Ann Smith')];
    await byHand({ contactId: gone }, id('A'));
    await at.desk.drain();
    const { mergeId } = await mergeContacts(app(), { keptId: kept, goneId: gone, actor: system });
    await at.desk.drain();
    expect(await memberOf({ contactId: kept })).toEqual({ segmentId: id('A'), source: 'hand' });
    expect(await memberOf({ contactId: gone })).toBeUndefined();
    await unmergeContacts(app(), { mergeId, actor: system });
    await at.desk.drain();
    expect(await memberOf({ contactId: kept })).toBeUndefined();
    expect(await memberOf({ contactId: gone })).toEqual({ segmentId: id('A'), source: 'hand' });
  });

  describe('in reports', () => {
    const then = async (...ticketIds: number[]) => {
      const rows = segmentFacts.dimensions?.[0]?.rows({ db: app().db, now: app().now().toISOString() });
      const found: { ticketId: number; value: number | null }[] = (await rows) ?? [];
      return ticketIds.map((ticketId) => {
        const value = found.find((row) => row.ticketId === ticketId)?.value;
        return [...ids].find(([, one]) => one === value)?.[0];
      });
    };
    const pass = () => at.desk.clock.pass(3_600_000);
    const solved = async (contactId: number) => {
      const ticketId = await at.open({ contactId });
      pass();
      await solveTicket(app(), { ticketId, actor: system });
      pass();
      return ticketId;
    };

    it('are those of the time at which a ticket was solved; what was said first holds from the beginning', async () => {
      const contactId = await at.contact('Ann');
      const first = await solved(contactId);
      expect(await then(first)).toEqual([undefined]);
      await byHand({ contactId }, id('B'));
      const second = await solved(contactId);
      await byHand({ contactId }, id('A'));
      const third = await solved(contactId);
      const open = await at.open({ contactId });
      expect(await then(first, second, third, open)).toEqual(['B', 'B', 'A', 'A']);
      await change(app(), (step) => leaveToRules(step, { contactId, actor: system }));
      pass();
      expect(await then(first, second, third, open)).toEqual(['B', 'B', 'A', undefined]);
    });

    it('are those of the organization, unless a hand has said none', async () => {
      const [contactId, other] = [await at.contact('Ann'), await at.contact('Bob')];
      const organizationId = await at.organization('Metal');
      await join(contactId, organizationId);
      await join(other, organizationId);
      await byHand({ organizationId }, id('C'));
      await byHand({ contactId: other }, null);
      const mine = await solved(contactId);
      const his = await solved(other);
      await byHand({ organizationId }, id('D'));
      expect(await then(mine, his, await solved(contactId))).toEqual(['C', undefined, 'D']);
    });

    it('stay when a segment is archived, and go with a merge and its undo', async () => {
      const [kept, gone] = [await at.contact('Ann'), await at.contact('Ann Smith')];
      await byHand({ contactId: gone }, id('A'));
      const ticketId = await solved(gone);
      await at.desk.drain();
      const { mergeId } = await mergeContacts(app(), { keptId: kept, goneId: gone, actor: system });
      await at.desk.drain();
      pass();
      expect(await then(ticketId, await solved(kept))).toEqual(['A', 'A']);
      await unmergeContacts(app(), { mergeId, actor: system });
      await at.desk.drain();
      pass();
      expect(await then(ticketId, await solved(kept))).toEqual(['A', undefined]);
      await archiveSegment(app(), { segmentId: id('A'), actor: system });
      pass();
      expect(await then(ticketId, await solved(gone))).toEqual(['A', undefined]);
    });
  });

  describe('by import', () => {
    it('takes addresses, numbers, organizations by name or domain, and tells each row that is wrong', async () => {
      const ann = await at.contact('Ann', 'ann@client.example');
      const hand = await at.contact('Hand', 'hand@client.example');
      await byHand({ contactId: hand }, id('D'));
      const metal = await createOrganization(app(), {
        name: 'Ромашка',
        domain: 'romashka.example',
        actor: system,
      });
      for (const name of ['Twin', 'Twin']) await at.organization(name);
      const rows = readImport(
        [
          'identity;segment',
          'ANN@client.example;a',
          'ромашка;VIP',
          'nobody@client.example;A',
          'Twin;A',
          'ann@client.example;B',
          'hand@client.example;A',
          'romashka.example;Z',
          '',
        ].join('\n'),
      );
      const told = {
        taken: 2,
        problems: [
          { line: 4, because: 'who' },
          { line: 5, because: 'several' },
          { line: 6, because: 'twice' },
          { line: 7, because: 'hand' },
          { line: 8, because: 'segment' },
        ],
      };
      expect(await importSegments(app(), { rows, isDry: true, actor: system })).toMatchObject(told);
      expect(await markOf(ann)).toBeUndefined();
      expect(await importSegments(app(), { rows, isDry: false, actor: system })).toMatchObject(told);
      expect(await memberOf({ contactId: ann })).toEqual({ segmentId: id('A'), source: 'import' });
      expect(await memberOf({ organizationId: metal })).toEqual({ segmentId: id('VIP'), source: 'import' });
      const out = readImport('ann@client.example;');
      await importSegments(app(), { rows: out, isDry: false, actor: system });
      expect(await memberOf({ contactId: ann })).toBeUndefined();
    });
  });

  it('stand beside the rows of the inbox, asked for once a page', async () => {
    const contactId = await at.contact('Ann');
    await byHand({ contactId }, id('A'));
    await at.open({ contactId });
    await at.open();
    const owner = await at.visit();
    const { text } = await owner.get('/desk/inbox').expect(200);
    expect(text.match(/class="segment segment-a"/g)).toHaveLength(1);
  });
});

describe('a list', () => {
  it.each([
    ['a;b', [{ line: 1, who: 'a', segment: 'b' }]],
    [
      '\uFEFFa\tb\r\nc\td',
      [
        { line: 1, who: 'a', segment: 'b' },
        { line: 2, who: 'c', segment: 'd' },
      ],
    ],
    ['"Rom; ""ashka""";VIP', [{ line: 1, who: 'Rom; "ashka"', segment: 'VIP' }]],
    [
      '"two\nlines",A\n\nb,C',
      [
        { line: 1, who: 'two\nlines', segment: 'A' },
        { line: 4, who: 'b', segment: 'C' },
      ],
    ],
    ['адрес;сегмент\nа;б', [{ line: 2, who: 'а', segment: 'б' }]],
    ['only', [{ line: 1, who: 'only', segment: '' }]],
    ['', []],
  ])('%j', (text, rows) => {
    expect(readImport(text)).toEqual(rows);
  });
});
