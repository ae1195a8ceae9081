import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeTestApp, type TestApp } from '../testing/test-app.js';
import { createLoop, type Loop } from './run-loop.js';

const NEVER_MS = 3_600_000;

describe('a loop', () => {
  let app: TestApp;
  let loop: Loop;
  let rounds = 0;
  beforeEach(async () => {
    app = await makeTestApp();
    rounds = 0;
  });
  afterEach(async () => {
    await loop.stop();
    await app.close();
  });

  const begin = (round: () => Promise<boolean>, pollMs = NEVER_MS) => {
    const counted = () => {
      rounds += 1;
      return round();
    };
    loop = createLoop(app, { name: 'test', signal: 'intake', pollMs, round: counted });
    loop.start();
  };
  const reached = (count: number) => vi.waitFor(() => expect(rounds).toBe(count), 10_000);
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('goes on at once while there is more, then waits for its signal', async () => {
    begin(async () => rounds < 3);
    await reached(3);
    app.signals.wake('jobs');
    await turn();
    expect(rounds).toBe(3);
    app.signals.wake('intake');
    await reached(4);
  });

  it('looks again after a while without a signal', async () => {
    begin(async () => false, 1);
    await vi.waitFor(() => expect(rounds).toBeGreaterThan(3), 10_000);
  });

  it('misses no signal that comes during a round', async () => {
    let end = () => {};
    begin(() => new Promise((resolve) => (end = () => resolve(false))));
    await reached(1);
    app.signals.wake('intake');
    end();
    await reached(2);
    end();
  });

  it('logs a round that fails, and waits before the next', async () => {
    const logged = vi.spyOn(app.log, 'error');
    begin(() => Promise.reject(new Error('broken')));
    await reached(1);
    await turn();
    expect(rounds).toBe(1);
    expect(logged.mock.calls[0]?.[0]).toMatchObject({ loop: 'test', err: { message: 'broken' } });
    app.signals.wake('intake');
    await reached(2);
  });

  it('ends with the round under way, and begins no other', async () => {
    let end = () => {};
    begin(() => new Promise((resolve) => (end = () => resolve(true))));
    await reached(1);
    let stopped = false;
    const stopping = loop.stop().then(() => (stopped = true));
    await turn();
    expect(stopped).toBe(false);
    end();
    await stopping;
    app.signals.wake('intake');
    await turn();
    expect(rounds).toBe(1);
  });

  it('runs once however often it is started, and again after a stop', async () => {
    begin(async () => false);
    loop.start();
    await reached(1);
    app.signals.wake('intake');
    await reached(2);
    await loop.stop();
    loop.start();
    await reached(3);
  });

  it('drains: rounds until there is nothing left, and says when one fails', async () => {
    loop = createLoop(app, {
      name: 'test',
      signal: 'intake',
      pollMs: NEVER_MS,
      round: async () => {
        rounds += 1;
        if (rounds === 5) throw new Error('broken');
        return rounds < 3;
      },
    });
    await loop.drain();
    expect(rounds).toBe(3);
    rounds = 4;
    await expect(loop.drain()).rejects.toThrow('broken');
  });
});
