import type { Job, JobOptions, Jobs } from './job-types.js';

/** The handle on one job. Keys are the job's own: two jobs may use the same key. */
export function createJob<I>(jobs: Pick<Jobs, 'enqueue'>, name: string, now: () => Date): Job<I> {
  const add = (input: I, dueAt: Date, { key, trx }: JobOptions) =>
    jobs.enqueue(trx ?? null, name, input, {
      dueAt,
      ...(key === undefined ? {} : { key: `${name}:${key}` }),
    });
  return {
    now: (input, options = {}) => add(input, now(), options),
    in: (ms, input, options = {}) => add(input, new Date(now().getTime() + ms), options),
  };
}
