import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { change } from '../database/change.js';
import { makeTestApp, type TestApp } from '../testing/test-app.js';
import { testEngines } from '../testing/test-database.js';
import { claimJobs } from './claim-jobs.js';
import { createJob } from './create-job.js';
import { listDeadJobs, removeJob, rerunJob } from './dead-jobs.js';
import type { JobDefinition } from './job-types.js';
import { createJobs } from './jobs.js';
import { completeJob, failJob, renewJob } from './settle-job.js';

const MINUTE = 60_000;

describe.each(testEngines)('jobs on %s', (engine) => {
  let app: TestApp;
  beforeEach(async () => {
    app = await makeTestApp(engine);
  });
  afterEach(() => app.close());

  const ran: unknown[] = [];
  beforeEach(() => void ran.splice(0));
  const note: JobDefinition = { run: (input) => ran.push(input) };
  const jobsOf = (definitions: Record<string, JobDefinition>, owner = 'w1') =>
    createJobs(app, { owner, definitions: new Map(Object.entries(definitions)) });
  const countJobs = async () => (await app.db('jobs').select('id')).length;

  it('runs what is due and forgets what is done', async () => {
    const jobs = jobsOf({ 'a.note': note });
    await jobs.enqueue(null, 'a.note', { n: 1 });
    await jobs.enqueue(null, 'a.note', { n: 2 }, { dueAt: new Date(app.now().getTime() + MINUTE) });
    await jobs.drain();
    expect(ran).toEqual([{ n: 1 }]);
    app.clock.pass(MINUTE);
    await jobs.drain();
    expect(ran).toEqual([{ n: 1 }, { n: 2 }]);
    expect(await countJobs()).toBe(0);
  });

  it('keeps a job only when the change that asks for it commits', async () => {
    const jobs = jobsOf({ 'a.note': note });
    const failing = change(app, async ({ trx }) => {
      await jobs.enqueue(trx, 'a.note', 'lost');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await change(app, ({ trx }) => jobs.enqueue(trx, 'a.note', 'kept'));
    await jobs.drain();
    expect(ran).toEqual(['kept']);
  });

  it('starts at once when it is woken by a commit', async () => {
    const jobs = jobsOf({ 'a.note': note });
    jobs.start();
    await change(app, ({ trx }) => jobs.enqueue(trx, 'a.note', 'woken'));
    await vi.waitFor(() => expect(ran).toEqual(['woken']), 10_000);
    await jobs.stop();
  });

  it('lets a job write, although it was asked for inside a change', async () => {
    const jobs = jobsOf({
      'a.write': { run: () => change(app, ({ trx }) => trx('sequences').insert({ key: 'x', value: 1 })) },
    });
    jobs.start();
    await change(app, ({ trx }) => jobs.enqueue(trx, 'a.write', null));
    await vi.waitFor(async () => expect(await app.db('sequences').select('key')).toHaveLength(1), 10_000);
    await jobs.stop();
    expect(await countJobs()).toBe(0);
  });

  it('replaces a waiting job of the same key, but not one that runs', async () => {
    let open: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const jobs = jobsOf({
      'a.slow': {
        run: async (input) => {
          ran.push(input);
          if (input === 'second') await gate;
        },
      },
    });
    await jobs.enqueue(null, 'a.slow', 'first', { key: 'k' });
    await jobs.enqueue(null, 'a.slow', 'second', { key: 'k' });
    expect(await countJobs()).toBe(1);
    jobs.start();
    await vi.waitFor(() => expect(ran).toEqual(['second']), 10_000);
    await jobs.enqueue(null, 'a.slow', 'third', { key: 'k' });
    open?.();
    await vi.waitFor(() => expect(ran).toEqual(['second', 'third']), 10_000);
    await jobs.stop();
    expect(await countJobs()).toBe(0);
  });

  it('drops a try that failed when a newer job of its key waits', async () => {
    const jobs = jobsOf({ 'a.note': note });
    await jobs.enqueue(null, 'a.note', 'old', { key: 'k' });
    const [old] = await claimJobs(app, { names: ['a.note'], limit: 1 });
    await jobs.enqueue(null, 'a.note', 'new', { key: 'k' });
    if (!old) throw new Error('nothing was claimed');
    expect(await failJob(app, old, { error: new Error('x') })).toBe(true);
    await jobs.drain();
    expect(ran).toEqual(['new']);
  });

  it('tries again after growing pauses, then shows the job as dead and says so', async () => {
    const jobs = jobsOf({
      'a.fail': {
        maxAttempts: 3,
        run: (_, { attempt }) => {
          ran.push(attempt);
          throw new Error(`try ${attempt}\0`);
        },
      },
    });
    await jobs.enqueue(null, 'a.fail', { n: 1 });
    await jobs.drain();
    app.clock.pass(MINUTE - 1);
    await jobs.drain();
    expect(ran).toEqual([1]);
    app.clock.pass(1);
    await jobs.drain();
    app.clock.pass(5 * MINUTE);
    await jobs.drain();
    expect(ran).toEqual([1, 2, 3]);
    const [dead] = await listDeadJobs(app.db);
    expect(dead).toMatchObject({ name: 'a.fail', attempts: 3, lastError: 'try 3', input: '{"n":1}' });
    const events = await app.db('events').where('name', 'job.failed').select('payload', 'door');
    expect(events).toEqual([{ payload: '{"job":"a.fail","attempts":3}', door: 'job' }]);
  });

  it('gives a dead job all its tries again, or removes it', async () => {
    let isBroken = true;
    const jobs = jobsOf({
      'a.mend': {
        maxAttempts: 1,
        run: (input) => {
          if (isBroken) throw new Error('broken');
          ran.push(input);
        },
      },
    });
    await jobs.enqueue(null, 'a.mend', 'one');
    await jobs.enqueue(null, 'a.mend', 'two');
    await jobs.drain();
    isBroken = false;
    const [two, one] = await listDeadJobs(app.db);
    await rerunJob(app, one?.id ?? 0);
    await removeJob(app, two?.id ?? 0);
    await jobs.drain();
    expect(ran).toEqual(['one']);
    await expect(removeJob(app, two?.id ?? 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await countJobs()).toBe(0);
  });

  it('refuses jobs that nobody runs and input over 64 KB', async () => {
    const jobs = jobsOf({ 'a.note': note });
    await expect(jobs.enqueue(null, 'b.unknown', null)).rejects.toMatchObject({ code: 'JOB_UNKNOWN' });
    const tooMuch = jobs.enqueue(null, 'a.note', 'x'.repeat(65_536));
    await expect(tooMuch).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('leaves jobs of a plugin that is switched off where they are', async () => {
    await jobsOf({ 'a.note': note }).enqueue(null, 'a.note', 'kept');
    await jobsOf({ 'b.note': note }).drain();
    expect(ran).toEqual([]);
    await jobsOf({ 'a.note': note }).drain();
    expect(ran).toEqual(['kept']);
  });

  it('does not let a worker that wakes late change anything', async () => {
    const jobs = jobsOf({ 'a.note': note });
    await jobs.enqueue(null, 'a.note', 'once');
    const [late] = await claimJobs(app, { names: ['a.note'], limit: 1 });
    if (!late) throw new Error('nothing was claimed');
    app.clock.pass(2 * MINUTE);
    const other = jobsOf({ 'a.note': { run: () => Promise.reject(new Error('not yet')) } }, 'w2');
    await other.drain();
    expect(await completeJob(app, late)).toBe(false);
    expect(await renewJob(app, late)).toBe(false);
    expect(await failJob(app, late, { error: new Error('late') })).toBe(false);
    const [row] = await app.db('jobs').select('state', 'lastError', 'attempts');
    expect(row).toEqual({ state: 'waiting', lastError: 'not yet', attempts: 2 });
  });

  it('gives up a job whose worker goes silent every time', async () => {
    const jobs = jobsOf({ 'a.kill': { ...note, maxAttempts: 2 } });
    await jobs.enqueue(null, 'a.kill', null);
    for (let i = 0; i < 2; i += 1) {
      expect(await claimJobs(app, { names: ['a.kill'], limit: 1 })).toHaveLength(1);
      app.clock.pass(2 * MINUTE);
      if (i === 0) await app.database.writer('jobs').update({ state: 'waiting', leaseUntil: null });
    }
    await jobs.drain();
    expect(ran).toEqual([]);
    expect(await listDeadJobs(app.db)).toMatchObject([
      { name: 'a.kill', lastError: 'the worker went silent' },
    ]);
  });

  it('hands back what cannot end before the stop, for others to take at once', async () => {
    let signal: AbortSignal | undefined;
    const hang: JobDefinition = {
      run: (input, ctx) => {
        signal = ctx.signal;
        ran.push(input);
        return new Promise(() => undefined);
      },
    };
    const definitions = new Map([['a.hang', hang]]);
    const stopping = createJobs(app, { owner: 'w1', definitions, stopPatienceMs: 10 });
    await stopping.enqueue(null, 'a.hang', 1);
    stopping.start();
    await vi.waitFor(() => expect(ran).toEqual([1]), 10_000);
    await stopping.stop();
    expect(signal?.aborted).toBe(true);
    expect(await app.db('jobs').select('state', 'attempts')).toEqual([{ state: 'waiting', attempts: 0 }]);
    await jobsOf({ 'a.hang': note }).drain();
    expect(ran).toEqual([1, 1]);
  });

  it('calls off a try that takes too long', async () => {
    const jobs = jobsOf({ 'a.hang': { patienceMs: 20, run: () => new Promise(() => undefined) } });
    await jobs.enqueue(null, 'a.hang', 1);
    await jobs.drain();
    const [row] = await app.db('jobs').select('state', 'lastError');
    expect(row).toEqual({ state: 'waiting', lastError: 'not done after 0.02 s' });
  });

  it('runs each of 500 jobs once with four workers at the same time', async () => {
    const count: JobDefinition = {
      run: async (input) => {
        await pause(Math.random() * 2);
        ran.push(input);
      },
    };
    const workers = ['w1', 'w2', 'w3', 'w4'].map((owner) => jobsOf({ 'a.count': count }, owner));
    const [first] = workers;
    await change(app, async ({ trx }) => {
      for (let n = 0; n < 500; n += 1) await first?.enqueue(trx, 'a.count', n);
    });
    await Promise.all(workers.map((worker) => worker.drain()));
    expect(ran.length).toBe(500);
    expect(new Set(ran).size).toBe(500);
    expect(await countJobs()).toBe(0);
  });

  it('gives a plugin a handle on its own job', async () => {
    const jobs = jobsOf({ 'surveys.invite': note });
    const invite = createJob<{ ticketId: number }>(jobs, 'surveys.invite', () => app.now());
    await invite.in(MINUTE, { ticketId: 1 }, { key: 't1' });
    await invite.in(MINUTE, { ticketId: 2 }, { key: 't1' });
    await change(app, ({ trx }) => invite.now({ ticketId: 3 }, { trx }));
    await jobs.drain();
    expect(ran).toEqual([{ ticketId: 3 }]);
    app.clock.pass(MINUTE);
    await jobs.drain();
    expect(ran).toEqual([{ ticketId: 3 }, { ticketId: 2 }]);
  });
});
