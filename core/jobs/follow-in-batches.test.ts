import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import { makeTestApp, type TestApp } from '../testing/test-app.js';
import { testEngines } from '../testing/test-database.js';
import { listDeadLetters, rerunDeadLetter } from './dead-letters.js';
import { followInBatches } from './follow-in-batches.js';
import { createFollowers } from './followers.js';

const actor = { kind: 'agent', id: 7 } as const;
const HOUR = 3_600_000;

describe.each(testEngines)('followers in batches on %s', (engine) => {
  let app: TestApp;
  let batches: number[];
  let bad: number | undefined;
  beforeEach(async () => {
    app = await makeTestApp(engine);
    batches = [];
    bad = undefined;
    await app.database.writer.schema.createTable('tag_counts', (t) => {
      t.bigInteger('ticketId').primary();
      t.text('tags').notNullable();
    });
  });
  afterEach(() => app.close());

  const tag = (ticketId: number, ...tagIds: number[]) =>
    change(app, async ({ announce }) => {
      for (const tagId of tagIds) announce('ticket.tagged', { ticketId, tagId, actor });
    });
  /** Keeps each ticket's tags in the order in which they came. */
  const keeping = followInBatches(
    ['ticket.tagged'],
    async (batch, { trx }) => {
      batches.push(batch.length);
      for (const { payload } of batch) {
        if (payload.tagId === bad) throw new Error(`tag ${payload.tagId}`);
        const known = await trx('tag_counts').where({ ticketId: payload.ticketId }).first('tags');
        const tags = known ? `${known.tags},${payload.tagId}` : `${payload.tagId}`;
        await trx('tag_counts').insert({ ticketId: payload.ticketId, tags }).onConflict('ticketId').merge();
      }
    },
    { name: 'a.keep', from: 'beginning', size: 8 },
  );
  const run = (on: App = app) => createFollowers(on, { owner: 'p', followers: [keeping] });
  const kept = async () => {
    const rows: { ticketId: number; tags: string }[] = await app.db('tag_counts').orderBy('ticketId');
    return Object.fromEntries(rows.map(({ ticketId, tags }) => [ticketId, tags]));
  };

  it('takes its events several at a time and commits what it writes with the cursor', async () => {
    await tag(1, ...Array.from({ length: 20 }, (_, i) => i));
    await run().drain();
    expect(batches).toEqual([8, 8, 4]);
    expect(await kept()).toEqual({ 1: Array.from({ length: 20 }, (_, i) => i).join(',') });
    expect(await app.db('followers').select('cursor')).toEqual([{ cursor: 20 }]);
  });

  it('counts nothing twice when the process dies before the commit', async () => {
    await tag(1, 1, 2);
    const dying: App = {
      ...app,
      fault(point) {
        if (point === 'followers.beforeCommit') throw new Error('killed');
      },
    };
    await run(dying).drain();
    expect(await kept()).toEqual({});
    app.clock.pass(HOUR);
    await run().drain();
    expect(await kept()).toEqual({ 1: '1,2' });
  });

  it('finds the one bad event, and the table of all others is right', async () => {
    bad = 13;
    for (let tagId = 10; tagId < 20; tagId += 1) await tag(tagId % 5, tagId);
    await run().drain();
    expect(await kept()).toEqual({ 0: '10,15', 1: '11,16', 2: '12,17', 4: '14,19' });
    const letters = await app.db('follower_letters').orderBy('eventId').select('state', 'ticketId');
    expect(letters).toEqual([
      { state: 'retry', ticketId: 3 },
      { state: 'waiting', ticketId: 3 },
    ]);
  });

  it('keeps the events of a ticket behind a dead letter until that is through, then in order', async () => {
    bad = 1;
    await tag(1, 1, 2);
    await tag(2, 9);
    for (let i = 0; i < 6; i += 1) {
      await run().drain();
      app.clock.pass(HOUR);
    }
    await tag(1, 3);
    await tag(2, 10);
    await run().drain();
    expect(await kept()).toEqual({ 2: '9,10' });
    const [dead] = await listDeadLetters(app.db);
    expect(dead).toMatchObject({ follower: 'a.keep', waiting: 2, lastError: 'tag 1' });
    bad = undefined;
    await rerunDeadLetter(app, dead?.id ?? 0);
    await run().drain();
    expect(await kept()).toEqual({ 1: '1,2,3', 2: '9,10' });
  });
});
