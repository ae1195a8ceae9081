import { createIntake } from '../channels/intake/create-intake.js';
import { createOutbox } from '../channels/outbox/create-outbox.js';
import type { Loop } from '../channels/run-loop.js';
import { wordsOf } from '../errors/define-errors.js';
import type { Awaitable } from '../hooks/catalogue.js';
import { createFollowers } from '../jobs/followers.js';
import type { Followers } from '../jobs/follower-types.js';
import { createJobs } from '../jobs/jobs.js';
import type { Jobs } from '../jobs/job-types.js';
import { createSchedules, scheduleJobs, type Schedules } from '../jobs/schedules.js';
import type { Composition } from './compose.js';
import { coreFollowers } from './core-followers.js';
import { coreSchedules } from './core-schedules.js';
import type { PluginInstance } from './define-plugin.js';
import type { HostApp } from './host-app.js';

/** The background of one composition: workers, jobs, followers, and what plugins started. */
export interface Running {
  readonly jobs: Jobs;
  readonly workers: { readonly intake: Loop; readonly outbox: Loop };
  /** Why plugins did not boot, by id. */
  readonly bootProblems: ReadonlyMap<string, string>;
  start(): Promise<void>;
  /** Ends work under way, then cleans up in reverse order. */
  stop(): Promise<void>;
  /** Until none has anything to do. */
  drain(): Promise<void>;
}

export function runComposition(app: HostApp, composition: Composition, owner: string): Running {
  const { draft } = composition;
  const planned = [...coreSchedules(app), ...draft.schedules];
  const jobs = createJobs(app, { owner, definitions: new Map([...draft.jobs, ...scheduleJobs(planned)]) });
  const schedules: Schedules = createSchedules(app, { jobs, schedules: planned });
  const followers: Followers = createFollowers(app, {
    owner,
    followers: [...coreFollowers(app), ...draft.followers],
  });
  const workers = { intake: createIntake(app), outbox: createOutbox(app) };
  const bootProblems = new Map<string, string>();
  const cleanups: { plugin: string; cleanup: () => Awaitable<void> }[] = [];

  /** A plugin that fails is named, and the desk goes on without what it would have started. */
  async function boot({ id, definition }: PluginInstance): Promise<void> {
    const wanted = Object.entries({ ...definition.optional, ...definition.requires });
    const tools = {
      app,
      log: app.log.child({ plugin: id }),
      services: Object.fromEntries(wanted.map(([key, name]) => [key, app.service(name)])),
      settings: { current: () => app.settings.values(id, definition.settings ?? {}) },
    };
    const declared = draft.boots.filter(({ plugin }) => plugin === id).map(({ start }) => start);
    try {
      for (const start of [() => definition.boot?.(tools as never), ...declared]) {
        const cleanup = await start();
        if (cleanup) cleanups.push({ plugin: id, cleanup });
      }
    } catch (error) {
      bootProblems.set(id, wordsOf(error));
      app.log.error({ err: error, plugin: id }, 'a plugin did not boot');
    }
  }

  return {
    jobs,
    workers,
    bootProblems,
    async start() {
      bootProblems.clear();
      for (const plugin of draft.plugins) await boot(plugin);
      workers.intake.start();
      workers.outbox.start();
      jobs.start();
      schedules.start();
      followers.start();
    },
    async stop() {
      await Promise.all([schedules.stop(), followers.stop(), workers.intake.stop(), workers.outbox.stop()]);
      await jobs.stop();
      for (const { plugin, cleanup } of cleanups.splice(0).toReversed())
        await Promise.resolve()
          .then(cleanup)
          .catch((error: unknown) => app.log.error({ err: error, plugin }, 'a plugin did not clean up'));
    },
    async drain() {
      await workers.intake.drain();
      await schedules.drain();
      await followers.drain();
      await jobs.drain();
      await workers.outbox.drain();
      await app.signals.settled();
    },
  };
}
