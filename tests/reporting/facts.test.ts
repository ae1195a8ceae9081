import { testEngines, type TestDesk } from '@helpdesk/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rebuildFacts } from '../../plugins/reporting/facts/rebuild-facts.js';
import { startDemoDesk } from './demo-desk.js';

const facts = async ({ app }: TestDesk) => ({
  tickets: await app.db('reporting_tickets').orderBy('ticketId'),
  spells: await app.db('reporting_spells').orderBy('ticketId').orderBy('seq'),
});

/** Ids of events differ where a plugin's switching is in the log too. */
const alike = ({ tickets, spells }: Awaited<ReturnType<typeof facts>>) => ({
  tickets: tickets.map((fact: object) => ({ ...fact, lastEventId: 0 })),
  spells,
});

describe('facts of a year', () => {
  const desks = new Map<string, TestDesk>();
  beforeAll(async () => {
    for (const engine of testEngines)
      for (const follows of [true, false])
        desks.set(`${engine} ${follows}`, await startDemoDesk({ engine, tickets: 200, follows }));
  });
  afterAll(async () => {
    for (const desk of desks.values()) await desk.close();
  });
  const desk = (name: string): TestDesk => {
    const found = desks.get(name);
    if (!found) throw new Error(name);
    return found;
  };

  it.each(testEngines)(
    'are the same from the start and when switched on afterwards on %s',
    async (engine) => {
      const [early, late] = [await facts(desk(`${engine} true`)), await facts(desk(`${engine} false`))];
      expect(early.tickets.length).toBe(200);
      expect(early.spells.length).toBeGreaterThan(400);
      expect(alike(late)).toEqual(alike(early));
    },
  );

  it.each(testEngines)('are the same when rebuilt on %s', async (engine) => {
    const { app } = desk(`${engine} true`);
    const before = await facts(desk(`${engine} true`));
    const told: number[] = [];
    const { tickets } = await rebuildFacts(app, (done) => told.push(done));
    expect(tickets).toBe(200);
    expect(told).toEqual([200]);
    expect(await facts(desk(`${engine} true`))).toEqual(before);
  });

  it.runIf(testEngines.length > 1)('are the same on both databases', async () => {
    expect(alike(await facts(desk('postgres true')))).toEqual(alike(await facts(desk('sqlite true'))));
  });

  it.each(testEngines)('say of every ticket what it is on %s', async (engine) => {
    const { app } = desk(`${engine} true`);
    const rows: Record<string, unknown>[] = await app
      .db('reporting_tickets')
      .join('tickets', 'tickets.id', 'reporting_tickets.ticketId')
      .select(
        'reporting_tickets.*',
        'tickets.status as nowStatus',
        'tickets.teamId as nowTeam',
        'tickets.assigneeId as nowAssignee',
        'tickets.lineId as nowLine',
        'tickets.type as nowType',
        'tickets.priority as nowPriority',
        'tickets.channel as nowChannel',
        'tickets.openedAt as nowOpened',
        'tickets.solvedAt as nowSolved',
        'tickets.firstRepliedAt as nowReplied',
      );
    for (const row of rows)
      expect([
        row['status'],
        row['teamId'],
        row['assigneeId'],
        row['lineId'],
        row['type'],
        row['priority'],
        row['channel'],
        row['openedAt'],
        row['solvedAt'],
        row['firstRepliedAt'],
      ]).toEqual([
        row['nowStatus'],
        row['nowTeam'],
        row['nowAssignee'],
        row['nowLine'],
        row['nowType'],
        row['nowPriority'],
        row['nowChannel'],
        row['nowOpened'],
        row['nowSolved'],
        row['nowReplied'],
      ]);
  });
});
