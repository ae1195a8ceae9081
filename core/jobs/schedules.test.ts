import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTestApp, type TestApp } from '../testing/test-app.js';
import { testEngines } from '../testing/test-database.js';
import { createJobs } from './jobs.js';
import type { Schedule } from './schedule-types.js';
import { createSchedules, scheduleJobs } from './schedules.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe.each(testEngines)('schedules on %s', (engine) => {
  let app: TestApp;
  let runs: string[];
  beforeEach(async () => {
    app = await makeTestApp(engine);
    runs = [];
  });
  afterEach(() => app.close());

  const schedule = (pattern: string, timeZone = 'UTC'): Schedule => ({
    name: 'a.tick',
    pattern,
    timeZone,
    run: () => runs.push(app.now().toISOString().slice(11, 16)),
  });
  function start(...schedules: Schedule[]) {
    const jobs = createJobs(app, { owner: 'w', definitions: new Map(scheduleJobs(schedules)) });
    return createSchedules(app, { jobs, schedules });
  }

  it('starts each slot once with three processes', async () => {
    const three = [
      start(schedule('*/10 * * * *')),
      start(schedule('*/10 * * * *')),
      start(schedule('*/10 * * * *')),
    ];
    await Promise.all(three.map((one) => one.drain()));
    expect(runs).toEqual([]);
    for (let i = 0; i < 6; i += 1) {
      app.clock.pass(5 * MINUTE);
      await Promise.all(three.map((one) => one.drain()));
    }
    expect(runs).toEqual(['09:10', '09:20', '09:30']);
  });

  it('makes up for one slot after eight hours of sleep', async () => {
    const schedules = start(schedule('*/10 * * * *'));
    await schedules.drain();
    app.clock.pass(8 * HOUR + MINUTE);
    await schedules.drain();
    await schedules.drain();
    expect(runs).toEqual(['17:01']);
    app.clock.pass(9 * MINUTE);
    await schedules.drain();
    expect(runs).toEqual(['17:01', '17:10']);
  });

  it('does not repeat a slot when the clock is set back an hour', async () => {
    const schedules = start(schedule('0 * * * *'));
    await schedules.drain();
    app.clock.pass(HOUR);
    await schedules.drain();
    app.clock.pass(-HOUR);
    await schedules.drain();
    app.clock.pass(HOUR);
    await schedules.drain();
    expect(runs).toEqual(['10:00']);
  });

  it('plans anew when the pattern or the time zone changes', async () => {
    await start(schedule('0 12 * * *')).drain();
    await start(schedule('0 13 * * *', 'Europe/Moscow')).drain();
    const changed = start(schedule('0 13 * * *', 'Europe/Moscow'));
    app.clock.pass(HOUR);
    await changed.drain();
    app.clock.pass(2 * HOUR);
    await changed.drain();
    expect(runs).toEqual(['10:00']);
  });

  it('tries a slot again when it fails, without waiting for the next', async () => {
    let isBroken = true;
    const schedules = start({
      ...schedule('0 0 * * *'),
      run: () => {
        if (isBroken) throw new Error('broken');
        runs.push('mended');
      },
    });
    await schedules.drain();
    app.clock.pass(15 * HOUR);
    await schedules.drain();
    isBroken = false;
    app.clock.pass(MINUTE);
    await schedules.drain();
    expect(runs).toEqual(['mended']);
  });

  it('refuses a pattern and a time zone that do not exist', () => {
    expect(() => start(schedule('61 * * * *'))).toThrow(/a\.tick/);
    expect(() => start(schedule('0 * * * *', 'Mars/Olympus'))).toThrow(/a\.tick/);
  });
});
