import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { carla, channelBench, system, type ChannelBench } from '../../tests/mail/channel-bench.js';
import { testEngines } from '../testing/test-database.js';
import { answerTicket } from './actions/answer-ticket.js';
import { claimIntake } from './intake/claim-intake.js';
import { createIntake } from './intake/create-intake.js';
import { processItem } from './intake/process-intake.js';
import { claimDeliveries } from './outbox/claim-deliveries.js';
import { markSending } from './outbox/settle-deliveries.js';
import { releaseLeases } from './release-leases.js';

describe.each(testEngines)('a start after a crash on %s', (engine) => {
  let bench: ChannelBench;
  beforeEach(async () => {
    bench = await channelBench(engine);
  });
  afterEach(() => bench.close());

  const claim = () => claimDeliveries(bench.app, ['post']);

  it('frees what the dead process had leased on SQLite, and what it was sending stays leased', async () => {
    const answer = (ticketId: number) =>
      answerTicket(bench.app, { ticketId, agentId: 1, text: 'Hello', to: [carla], actor: system });
    for (let n = 0; n < 2; n += 1) await bench.post();
    await createIntake(bench.app).drain();
    for (const ticketId of [1, 2]) await answer(ticketId);
    bench.app.clock.pass(10_000);
    await markSending(bench.app, await claim());
    const leased = await claim();
    await bench.post();
    const [item] = await claimIntake(bench.app);

    await releaseLeases(bench.app);
    const isOneProcess = engine === 'sqlite';
    const states = await bench.app.db('deliveries').orderBy('id').select('state');
    expect(states.map(({ state }) => state)).toEqual(['sending', isOneProcess ? 'queued' : 'leased']);
    expect((await claimIntake(bench.app)).map(({ id }) => id)).toEqual(isOneProcess ? [3] : []);
    expect(await claim()).toHaveLength(isOneProcess ? 1 : 0);
    if (!isOneProcess) return;
    // Should the process not be dead after all, it writes nothing any more.
    if (item) await processItem(bench.app, item);
    expect(await bench.app.db('intake').where({ id: 3 }).first('state')).toEqual({ state: 'processing' });
    await expect(markSending(bench.app, leased)).rejects.toThrow('was lost');
  });
});
