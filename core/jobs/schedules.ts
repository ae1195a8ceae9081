import { Cron } from 'croner';
import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import { wordsOf } from '../errors/define-errors.js';
import { errors } from '../errors/errors.js';
import type { JobDefinition, JobRow, Jobs } from './job-types.js';
import type { Schedule } from './schedule-types.js';
import { createWakeLoop } from './wake-loop.js';

export interface Schedules {
  start(): void;
  stop(): Promise<void>;
  /** Starts every slot that is due and runs all jobs that are due. For tests and commands. */
  drain(): Promise<void>;
}

interface ScheduleRow {
  name: string;
  pattern: string;
  timeZone: string;
  nextAt: string;
  lastAt: string | null;
}
interface Plan {
  schedule: Schedule;
  timeZone: string;
  cron: Cron;
}

const POLL_MS = 5000;
const NEVER = '9999-12-31T00:00:00.000Z';
const jobOf = (name: string) => `schedule:${name}`;

/** Slots run as jobs, so that a crash loses none of them; these belong among the definitions of `createJobs`. */
export function scheduleJobs(schedules: readonly Schedule[]): readonly (readonly [string, JobDefinition])[] {
  return schedules.map(({ name, run }) => [
    jobOf(name),
    { run: (_, { signal }) => run({ signal }), maxAttempts: 3 },
  ]);
}

/**
 * Starts each slot once with any number of processes. After a sleep, one missed slot is made up for, not all.
 * @throws CONFIG_INVALID for a pattern or a time zone that does not exist
 */
export function createSchedules(
  app: App,
  { jobs, schedules }: { jobs: Pick<Jobs, 'enqueue' | 'drain'>; schedules: readonly Schedule[] },
): Schedules {
  const plans = schedules.map(planOf);

  async function step(): Promise<number> {
    const rows = await app.db<ScheduleRow>('schedules').whereIn(
      'name',
      schedules.map(({ name }) => name),
    );
    const known = new Map(rows.map((row) => [row.name, row]));
    for (const plan of plans) await look(app, plan, { row: known.get(plan.schedule.name), jobs });
    return POLL_MS;
  }

  const loop = createWakeLoop({
    step,
    onError: (error) => app.log.error({ err: error }, 'the schedules failed'),
  });
  return {
    start: loop.start,
    stop: loop.stop,
    async drain() {
      await step();
      await jobs.drain();
    },
  };
}

async function look(
  app: App,
  plan: Plan,
  { row, jobs }: { row: ScheduleRow | undefined; jobs: Pick<Jobs, 'enqueue'> },
): Promise<void> {
  const { name, pattern } = plan.schedule;
  const planned = { name, pattern, timeZone: plan.timeZone, nextAt: nextSlot(plan, app.now()) };
  if (!row) {
    await change(app, ({ trx }) => trx('schedules').insert(planned).onConflict('name').ignore());
  } else if (row.pattern !== pattern || row.timeZone !== plan.timeZone) {
    const before = { name, pattern: row.pattern, timeZone: row.timeZone };
    await change(app, ({ trx }) => trx('schedules').where(before).update(planned));
  } else if (row.nextAt <= app.now().toISOString()) {
    await startSlot(app, row, { nextAt: planned.nextAt, jobs });
  }
}

/** Whoever moves `nextAt` on starts the slot; the job commits with that move. */
async function startSlot(
  app: App,
  { name, nextAt: slot }: ScheduleRow,
  { nextAt, jobs }: { nextAt: string; jobs: Pick<Jobs, 'enqueue'> },
): Promise<void> {
  await change(app, async ({ trx, at }) => {
    const moved = await trx('schedules').where({ name, nextAt: slot }).update({ nextAt, lastAt: at });
    if (moved === 0) return;
    const key = jobOf(name);
    const isRunning = await trx<JobRow>('jobs').where({ state: 'running', uniqueKey: key }).first('id');
    if (isRunning) app.log.warn({ schedule: name }, 'a slot is left out: the one before still runs');
    else await jobs.enqueue(trx, key, null, { key });
  });
}

function planOf(schedule: Schedule): Plan {
  const timeZone = schedule.timeZone ?? 'UTC';
  try {
    const cron = new Cron(schedule.pattern, { timezone: timeZone, paused: true });
    // A time zone is only looked at when a time is computed.
    cron.nextRun(new Date(0));
    return { schedule, timeZone, cron };
  } catch (error) {
    throw errors.CONFIG_INVALID({
      problems: `schedule "${schedule.name}" (${schedule.pattern}): ${wordsOf(error)}`,
    });
  }
}

const nextSlot = ({ cron }: Plan, now: Date): string => cron.nextRun(now)?.toISOString() ?? NEVER;
