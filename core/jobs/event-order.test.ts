import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { change } from '../database/change.js';
import { makeTestApp, type TestApp } from '../testing/test-app.js';
import { testEngines } from '../testing/test-database.js';
import { readEvents } from './event-rows.js';

const WRITERS = 10;
const EACH = 15;

describe.each(testEngines)('the order of events on %s', (engine) => {
  it('follows the order of commits: a reader that asks for later ids misses none', async () => {
    const app = await makeTestApp(engine);
    if (engine === 'postgres') await slowDownCommits(app);
    let isWriting = true;
    const writing = Promise.all(Array.from({ length: WRITERS }, (_, n) => write(app, n))).then(
      () => (isWriting = false),
    );
    const read: number[] = [];
    for (let last = 0, isLast = false; !isLast;) {
      isLast = !isWriting;
      const { rows } = await readEvents(app.db, { after: last, upTo: Number.MAX_SAFE_INTEGER, limit: 1000 });
      read.push(...rows.map(({ id }) => id));
      last = rows.at(-1)?.id ?? last;
    }
    await writing;
    const all = await app.db('events').orderBy('id').pluck('id');
    expect(all).toHaveLength(WRITERS * EACH);
    expect(read).toEqual(all);
    await app.close();
  });
});

async function write(app: TestApp, ticketId: number): Promise<void> {
  for (let tagId = 0; tagId < EACH; tagId += 1)
    await change(app, async ({ trx, announce }) => {
      await trx('sequences').insert({ key: `${ticketId}.${tagId}`, value: 1 });
      await pause(Math.random() * 5);
      announce('ticket.tagged', { ticketId, tagId, actor: { kind: 'system', id: 'test' } });
    });
}

/** Widens the gap between giving out an id and its becoming visible. */
async function slowDownCommits(app: TestApp): Promise<void> {
  await app.database.writer.raw(`create function slow_commit() returns trigger language plpgsql as
    $$ begin perform pg_sleep(random() * 0.01); return null; end $$`);
  await app.database.writer.raw(`create constraint trigger slow_commit after insert on events
    deferrable initially deferred for each row execute function slow_commit()`);
}
