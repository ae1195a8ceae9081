import type { App } from '../database/app.js';
import { errors } from '../errors/errors.js';
import { claimJobs, soonestJobs } from './claim-jobs.js';
import { enqueueJob } from './enqueue-job.js';
import type { JobDefinitions, JobRow, Jobs } from './job-types.js';
import { runJob } from './run-job.js';
import { reclaimJobs, returnJob } from './settle-job.js';
import { settledWithin } from './settled-within.js';
import { createWakeLoop } from './wake-loop.js';

export interface JobsOptions {
  /** Names this process in the log. */
  owner: string;
  definitions: JobDefinitions;
  /** How many jobs run at a time; default 4. */
  concurrency?: number;
  /** How long `stop` waits for what runs; default 10 s. */
  stopPatienceMs?: number;
}

interface Running {
  row: JobRow;
  stop: AbortController;
  done: Promise<void>;
}

const SHORTEST_POLL_MS = 1000;
const LONGEST_POLL_MS = 5000;

/** The workers of this process on the durable queue. Any number of processes may share one. */
export function createJobs(app: App, options: JobsOptions): Jobs {
  const { owner, definitions, concurrency = 4, stopPatienceMs = 10_000 } = options;
  const running = new Map<number, Running>();
  const log = app.log.child({ worker: owner });
  const own = () => [...running.keys()];
  let pollMs = SHORTEST_POLL_MS;

  function launch(row: JobRow): void {
    const definition = definitions.get(row.name);
    if (!definition) return;
    const stop = new AbortController();
    const done = runJob({ ...app, log }, row, definition, stop).finally(() => {
      running.delete(row.id);
      loop.wake();
    });
    running.set(row.id, { row, stop, done });
  }

  async function claim(): Promise<number> {
    const rows = await claimJobs(app, { names: [...definitions.keys()], limit: concurrency - running.size });
    rows.forEach(launch);
    return rows.length;
  }

  /** Claims only after a reader has seen that there is something: an idle queue writes nothing. */
  async function step(): Promise<number> {
    const names = [...definitions.keys()];
    const next = await soonestJobs(app.db, { names, own: own() });
    const now = app.now();
    const isSilent = next.lease !== undefined && next.lease <= now;
    if (isSilent) await reclaimJobs(app, { definitions, own: own() });
    const isDue = isSilent || (next.due !== undefined && next.due <= now);
    const claimed = isDue ? await claim() : 0;
    pollMs = claimed > 0 ? SHORTEST_POLL_MS : Math.min(pollMs * 1.5, LONGEST_POLL_MS);
    const dueMs = next.due && next.due > now ? next.due.getTime() - now.getTime() : pollMs;
    return Math.min(pollMs, dueMs);
  }

  const loop = createWakeLoop({ step, onError: (error) => log.error({ err: error }, 'the job loop failed') });
  let unlisten: (() => void) | undefined;

  return {
    async enqueue(trx, name, input, when = {}) {
      if (!definitions.has(name)) throw errors.JOB_UNKNOWN({ job: name });
      await enqueueJob(app, trx, { name, input, ...when });
    },
    start() {
      unlisten?.();
      unlisten = app.signals.on('jobs', loop.wake);
      loop.start();
    },
    async stop() {
      unlisten?.();
      await loop.stop();
      await settledWithin(
        [...running.values()].map(({ done }) => done),
        stopPatienceMs,
      );
      for (const { row, stop } of running.values()) {
        await returnJob(app, row);
        stop.abort(new Error('the process stops'));
      }
      await Promise.all([...running.values()].map(({ done }) => done));
    },
    async drain() {
      for (;;) {
        await reclaimJobs(app, { definitions, own: own() });
        const claimed = await claim();
        await Promise.all([...running.values()].map(({ done }) => done));
        if (claimed === 0) return;
      }
    },
  };
}
