import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import { connect } from '../database/connect.js';
import { makeTestApp, type TestApp } from '../testing/test-app.js';
import { testEngines } from '../testing/test-database.js';
import { listDeadLetters, rerunDeadLetter, skipDeadLetter } from './dead-letters.js';
import { follow } from './follow.js';
import type { FollowerDefinition } from './follower-types.js';
import { createFollowers } from './followers.js';

const actor = { kind: 'agent', id: 7, door: 'desk' } as const;
const MINUTE = 60_000;

describe.each(testEngines)('followers on %s', (engine) => {
  let app: TestApp;
  let seen: string[];
  beforeEach(async () => {
    app = await makeTestApp(engine);
    seen = [];
  });
  afterEach(() => app.close());

  const tag = (ticketId: number, ...tagIds: number[]) =>
    change(app, async ({ announce }) => {
      for (const tagId of tagIds) announce('ticket.tagged', { ticketId, tagId, actor });
    });
  const run = (follower: FollowerDefinition, on: App = app) =>
    createFollowers(on, { owner: 'p', followers: [follower] });
  const noting = (from: 'beginning' | 'now' = 'beginning') =>
    follow(
      { 'ticket.tagged': ({ ticketId, tagId }) => seen.push(`${ticketId}:${tagId}`) },
      { name: 'a.note', from },
    );
  /** Fails for one tag while `isBroken` says so. */
  const failingAt = (bad: number, isBroken = () => true) =>
    follow(
      {
        'ticket.tagged': ({ ticketId, tagId }) => {
          seen.push(`${ticketId}:${tagId}`);
          if (tagId === bad && isBroken()) throw new Error(`tag ${tagId}`);
        },
      },
      { name: 'a.fail', from: 'beginning' },
    );
  /** Lets all pauses of a letter pass. */
  async function untilDead(follower: FollowerDefinition): Promise<void> {
    const followers = run(follower);
    for (let i = 0; i < 6; i += 1) {
      await followers.drain();
      app.clock.pass(60 * MINUTE);
    }
  }

  it('gives a tap its events in order, with who did it and when', async () => {
    const given: unknown[] = [];
    const follower = follow(
      { 'ticket.tagged': (payload, logged) => given.push({ payload, logged }) },
      { name: 'a.look', from: 'beginning' },
    );
    await tag(1, 5);
    await change(app, async ({ announce }) =>
      announce('ticket.renamed', { ticketId: 1, actor: { kind: 'system', id: 'setup' } }),
    );
    await run(follower).drain();
    expect(given).toEqual([
      { payload: { ticketId: 1, tagId: 5, actor }, logged: { eventId: 1, at: app.now() } },
    ]);
  });

  it('begins with history, or with what happens from now on', async () => {
    await tag(1, 1);
    await run(noting('now')).drain();
    expect(seen).toEqual([]);
    await tag(1, 2);
    await run(noting('now')).drain();
    expect(seen).toEqual(['1:2']);
    await run(
      follow({ 'ticket.tagged': ({ tagId }) => seen.push(`all:${tagId}`) }, { name: 'b', from: 'beginning' }),
    ).drain();
    expect(seen).toEqual(['1:2', 'all:1', 'all:2']);
  });

  it('goes on where it stopped', async () => {
    await tag(1, 1, 2);
    const first = run(noting());
    await first.drain();
    await first.stop();
    await tag(1, 3);
    await run(noting()).drain();
    expect(seen).toEqual(['1:1', '1:2', '1:3']);
  });

  it('is woken by a commit', async () => {
    const followers = run(noting());
    followers.start();
    await tag(1, 1);
    await vi.waitFor(() => expect(seen).toEqual(['1:1']), 10_000);
    await tag(1, 2);
    await vi.waitFor(() => expect(seen).toEqual(['1:1', '1:2']), 10_000);
    await followers.stop();
  });

  it('gives an event again when the process dies between the tap and the cursor', async () => {
    await tag(1, 1);
    const dying: App = {
      ...app,
      fault(point) {
        if (point === 'followers.afterTap') throw new Error('killed');
      },
    };
    await expect(run(noting(), dying).drain()).rejects.toThrow('killed');
    app.clock.pass(MINUTE);
    await run(noting()).drain();
    expect(seen).toEqual(['1:1', '1:1']);
  });

  it('never runs in two processes at the same time', async () => {
    const database = await connect(app.url);
    const other: App = { ...app, database, db: database.reader };
    let inside = 0;
    let most = 0;
    const slow = follow(
      {
        'ticket.tagged': async ({ tagId }) => {
          inside += 1;
          most = Math.max(most, inside);
          await pause(3);
          seen.push(`${tagId}`);
          inside -= 1;
        },
      },
      { name: 'a.slow', from: 'beginning' },
    );
    const two = [run(slow), run(slow, other)];
    for (const followers of two) followers.start();
    for (let tagId = 0; tagId < 40; tagId += 1) await tag(1, tagId);
    await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(40), 20_000);
    await Promise.all(two.map((followers) => followers.stop()));
    expect(most).toBe(1);
    expect(seen).toEqual(Array.from({ length: 40 }, (_, i) => `${i}`));
    await database.close();
  });

  it('is taken over when its process goes silent, and the late one writes nothing any more', async () => {
    await tag(1, 1, 2);
    let open: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const late = run(
      follow(
        {
          'ticket.tagged': async ({ tagId }) => {
            seen.push(`late:${tagId}`);
            await gate;
          },
        },
        { name: 'a.note', from: 'beginning' },
      ),
    );
    const hanging = late.drain();
    await vi.waitFor(() => expect(seen).toEqual(['late:1']), 10_000);
    app.clock.pass(MINUTE);
    await run(noting()).drain();
    open?.();
    await hanging;
    expect(seen).toEqual(['late:1', '1:1', '1:2']);
    expect(await app.db('followers').select('cursor')).toEqual([{ cursor: 2 }]);
  });

  it('tries again after a pause, and holds back only later events of that ticket', async () => {
    let isBroken = true;
    const followers = run(failingAt(1, () => isBroken));
    await tag(1, 1, 2);
    await tag(2, 8, 9);
    await followers.drain();
    expect(seen).toEqual(['1:1', '2:8', '2:9']);
    isBroken = false;
    app.clock.pass(4999);
    await followers.drain();
    expect(seen).toHaveLength(3);
    app.clock.pass(1);
    await tag(1, 3);
    await followers.drain();
    expect(seen.slice(3)).toEqual(['1:1', '1:2', '1:3']);
    expect(await app.db('follower_letters').select('id')).toEqual([]);
    expect(await listDeadLetters(app.db)).toEqual([]);
  });

  it('makes a dead letter after the last pause, says so, and runs on in order once it is through', async () => {
    let isBroken = true;
    const follower = failingAt(1, () => isBroken);
    await tag(1, 1, 2, 3);
    await tag(2, 9);
    await untilDead(follower);
    expect(seen).toEqual(['1:1', '2:9', '1:1', '1:1', '1:1', '1:1', '1:1']);
    const [dead] = await listDeadLetters(app.db);
    expect(dead).toMatchObject({
      follower: 'a.fail',
      event: 'ticket.tagged',
      ticketId: 1,
      attempts: 6,
      waiting: 2,
    });
    expect(dead?.lastError).toBe('tag 1');
    expect(await app.db('events').where('name', 'job.failed').select('id')).toHaveLength(1);
    isBroken = false;
    seen = [];
    await rerunDeadLetter(app, dead?.id ?? 0);
    await tag(1, 4);
    await run(follower).drain();
    expect(seen).toEqual(['1:1', '1:2', '1:3', '1:4']);
    await expect(rerunDeadLetter(app, dead?.id ?? 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('lists dead letters a page at a time, newest first, each with what waits behind it alone', async () => {
    const follower = failingAt(1);
    await tag(1, 1, 2, 3);
    await tag(2, 1);
    await tag(3, 1, 2);
    await untilDead(follower);
    const all = await listDeadLetters(app.db);
    expect(all.map(({ ticketId, waiting }) => [ticketId, waiting])).toEqual([
      [3, 1],
      [2, 0],
      [1, 2],
    ]);
    expect(all[2]).toEqual({
      id: all[2]?.id,
      follower: 'a.fail',
      eventId: 1,
      event: 'ticket.tagged',
      at: '2026-03-12T09:00:00.000Z',
      ticketId: 1,
      attempts: 6,
      lastError: 'tag 1',
      waiting: 2,
    });
    expect(await listDeadLetters(app.db, { limit: 1 })).toEqual([all[0]]);
    expect(await listDeadLetters(app.db, { before: all[0]?.id ?? 0 })).toEqual(all.slice(1));
  });

  it('leaves an event out when an administrator skips it, while the follower runs', async () => {
    const follower = failingAt(1);
    await tag(1, 1, 2);
    await untilDead(follower);
    const followers = run(follower);
    await followers.drain();
    seen = [];
    const [dead] = await listDeadLetters(app.db);
    await skipDeadLetter(app, dead?.id ?? 0);
    await followers.drain();
    await tag(1, 3);
    await followers.drain();
    expect(seen).toEqual(['1:2', '1:3']);
    expect(await app.db('follower_letters').select('id')).toEqual([]);
  });

  it('lets other followers go on while one hangs', async () => {
    const hanging = follow(
      { 'ticket.tagged': () => new Promise(() => undefined) },
      { name: 'a.hang', from: 'beginning' },
    );
    const followers = createFollowers(app, {
      owner: 'p',
      followers: [hanging, noting()],
      stopPatienceMs: 500,
    });
    followers.start();
    await tag(1, 1);
    const passed = () => app.db('followers').where({ name: 'a.note', cursor: 1 }).select('name');
    await vi.waitFor(async () => expect(await passed()).toHaveLength(1), 10_000);
    await followers.stop();
    const rows = await app.db('followers').whereNotNull('leaseOwner').select('name');
    expect(rows).toEqual([{ name: 'a.hang' }]);
  });

  it('passes over long stretches of no interest without writing for each event', async () => {
    const followers = run(
      follow({ 'ticket.renamed': () => seen.push('x') }, { name: 'a.rare', from: 'beginning' }),
    );
    await tag(1, ...Array.from({ length: 50 }, (_, i) => i));
    await followers.drain();
    expect(await app.db('followers').select('cursor', 'fence')).toEqual([{ cursor: 0, fence: 0 }]);
    await change(app, async ({ announce }) => announce('ticket.renamed', { ticketId: 1, actor }));
    await followers.drain();
    expect(seen).toEqual(['x']);
    expect(await app.db('followers').select('cursor')).toEqual([{ cursor: 51 }]);
  });
});
