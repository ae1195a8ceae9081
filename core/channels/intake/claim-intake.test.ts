import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelBench, type ChannelBench } from '../../../tests/mail/channel-bench.js';
import { change } from '../../database/change.js';
import { testEngines } from '../../testing/test-database.js';
import { claimIntake, type ClaimedItem } from './claim-intake.js';
import { processItem } from './process-intake.js';
import { LostLease, settleIntake } from './settle-intake.js';

const MINUTE = 60_000;
const ids = (items: readonly ClaimedItem[]) => items.map(({ id }) => id);

describe.each(testEngines)('claiming what came in on %s', (engine) => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(engine);
  });
  afterEach(() => bench.close());

  const claim = (most?: number) => claimIntake(bench.app, most);
  const rows = () => bench.app.db('intake').orderBy('id').select('state', 'attempts', 'fence');

  it('takes the oldest of one account, in order, at most so many', async () => {
    for (let n = 0; n < 4; n += 1) await bench.post();
    expect(ids(await claim(3))).toEqual([1, 2, 3]);
    expect(await rows()).toEqual([
      ...Array.from({ length: 3 }, () => ({ state: 'processing', attempts: 1, fence: 1 })),
      { state: 'received', attempts: 0, fence: 0 },
    ]);
  });

  it('writes nothing when there is nothing', async () => {
    expect(await claim()).toEqual([]);
  });

  it('gives an account to one worker at a time, and other accounts to others', async () => {
    const other = await bench.addAccount('other');
    await bench.post();
    await bench.post({}, other);
    await bench.post();
    expect(ids(await claim())).toEqual([1, 3]);
    await bench.post();
    expect(ids(await claim())).toEqual([2]);
    expect(await claim()).toEqual([]);
  });

  it('gives an account to one of many workers that ask at the same moment', async () => {
    for (let n = 0; n < 60; n += 1) await bench.post();
    for (let round = 0; round < 3; round += 1) {
      const claims = await Promise.all(Array.from({ length: 8 }, () => claim()));
      const taken = claims.filter((items) => items.length > 0);
      expect(taken.map(ids)).toEqual([Array.from({ length: 10 }, (_, n) => round * 10 + n + 1)]);
      for (const item of taken.flat()) await processItem(bench.app, item);
    }
  });

  it('keeps others off for five minutes, then gives what is not done to whoever asks', async () => {
    for (let n = 0; n < 3; n += 1) await bench.post();
    const [first] = await claim();
    if (first) await processItem(bench.app, first);
    bench.app.clock.pass(5 * MINUTE);
    expect(await claim()).toEqual([]);
    bench.app.clock.pass(1);
    const [again, ...more] = await claim();
    expect(again).toMatchObject({ id: 2, attempts: 2, fence: 2 });
    // It may be what killed the process, so it goes alone.
    expect(more).toEqual([]);
  });

  it('lets a worker that wakes late change nothing', async () => {
    await bench.post();
    const [late] = await claim();
    bench.app.clock.pass(6 * MINUTE);
    const [now] = await claim();
    if (!late || !now) throw new Error('nothing was claimed');
    await processItem(bench.app, late);
    expect(await bench.app.db('messages').select('id')).toEqual([]);
    expect(await rows()).toEqual([{ state: 'processing', attempts: 2, fence: 2 }]);
    const settling = change(bench.app, (step) => settleIntake(step, late, { state: 'refused' }));
    await expect(settling).rejects.toThrow(LostLease);
    await processItem(bench.app, now);
    await processItem(bench.app, late);
    expect(await rows()).toEqual([{ state: 'delivered', attempts: 2, fence: 2 }]);
    expect(await bench.app.db('messages').select('id')).toHaveLength(1);
    expect(await bench.app.db('contacts').select('id')).toHaveLength(1);
  });

  it('lets a worker that is late, but was not replaced, finish', async () => {
    await bench.post();
    const [late] = await claim();
    bench.app.clock.pass(60 * MINUTE);
    if (late) await processItem(bench.app, late);
    expect(await rows()).toEqual([{ state: 'delivered', attempts: 1, fence: 1 }]);
  });

  it('parks what was under way in three crashes', async () => {
    await bench.post();
    for (let crash = 0; crash < 3; crash += 1) {
      expect(await claim()).toHaveLength(1);
      bench.app.clock.pass(6 * MINUTE);
    }
    for (const item of await claim()) await processItem(bench.app, item);
    expect(await bench.app.db('intake').first('state', 'reason')).toEqual({
      state: 'parked',
      reason: 'crashed',
    });
    expect(await bench.events('intake.')).toEqual([
      { name: 'intake.parked', intakeId: 1, accountId: 1, reason: 'crashed' },
    ]);
  });
});
