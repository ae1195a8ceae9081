import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { change } from '../database/change.js';
import { makeTestApp, type TestApp } from '../testing/test-app.js';
import { testEngines } from '../testing/test-database.js';
import { createPostgresListener } from './listen.js';
import { createTail, type LoggedRow } from './live-events.js';

const actor = { kind: 'contact', id: 3, door: 'mail' } as const;
const tag = (app: TestApp, tagId: number) =>
  change(app, async ({ announce }) => announce('ticket.tagged', { ticketId: 1, tagId, actor }));

describe.each(testEngines)('the live tail on %s', (engine) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await makeTestApp(engine);
  });
  afterEach(() => app.close());

  it('tells subscribers what happens from now on, and replays what a page has missed', async () => {
    await tag(app, 1);
    const tail = createTail(app);
    const seen: LoggedRow[] = [];
    tail.subscribe(() => {
      throw new Error('a broken page');
    });
    const leave = tail.subscribe((events) => seen.push(...events));
    await tail.start();
    await tag(app, 2);
    await vi.waitFor(() => expect(seen).toHaveLength(1), 10_000);
    expect(seen[0]).toMatchObject({
      id: 2,
      name: 'ticket.tagged',
      actor,
      ticketId: 1,
      payload: { tagId: 2 },
    });
    leave();
    await tag(app, 3);
    await vi.waitFor(() => expect(tail.position()).toBe(3), 10_000);
    await tail.stop();
    expect(seen).toHaveLength(1);
    expect((await tail.since(1, 10)).map(({ id }) => id)).toEqual([2, 3]);
    expect((await tail.since(0, 1)).map(({ id }) => id)).toEqual([1]);
  });
});

describe.runIf(testEngines.includes('postgres'))('the database listener', () => {
  it('wakes this process for what another one did, and comes back after a lost connection', async () => {
    const app = await makeTestApp('postgres');
    let wakes = 0;
    app.signals.on('events', () => (wakes += 1));
    const listener = createPostgresListener(app.url, app);
    await listener.start();
    await vi.waitFor(() => expect(wakes).toBe(1), 10_000);
    await app.database.writer.raw('notify helpdesk_events');
    await vi.waitFor(() => expect(wakes).toBe(2), 10_000);
    await app.database.writer.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'helpdesk-listener' and datname = current_database()`,
    );
    await vi.waitFor(() => expect(wakes).toBe(3), 20_000);
    await app.database.writer.raw('notify helpdesk_events');
    await vi.waitFor(() => expect(wakes).toBe(4), 10_000);
    await listener.stop();
    await app.close();
  });
});
