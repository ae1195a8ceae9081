import type { Knex } from 'knex';
import type { App } from '../database/app.js';
import { change, type Change } from '../database/change.js';
import { JOB_BACK_OFF, later, pauseAfter } from './back-off.js';
import { JOB_LEASE_MS, lockFree } from './claim-jobs.js';
import { describeFailure } from './describe-failure.js';
import type { JobDefinitions, JobRow } from './job-types.js';

const DEFAULT_ATTEMPTS = 10;

// Every write names the fence: whoever wakes after its lease was given away changes nothing.
const held = (trx: Knex.Transaction, { id, fence }: JobRow) =>
  trx<JobRow>('jobs').where({ id, fence, state: 'running' });

/** Removes a job that is done. @returns false when the lease was lost */
export async function completeJob(app: App, row: JobRow): Promise<boolean> {
  return (await change(app, ({ trx }) => held(trx, row).delete())) === 1;
}

/** Keeps the lease. @returns false when it was lost */
export async function renewJob(app: App, row: JobRow): Promise<boolean> {
  const leaseUntil = later(app.now(), JOB_LEASE_MS);
  return (await change(app, ({ trx }) => held(trx, row).update({ leaseUntil }))) === 1;
}

/** Lets a job that failed wait for its next try, or gives it up and says so. @returns false when the lease was lost */
export async function failJob(
  app: App,
  row: JobRow,
  failure: { maxAttempts?: number; error: unknown },
): Promise<boolean> {
  const pauseMs = pauseAfter(row.attempts, JOB_BACK_OFF);
  return change(app, (step) => settleFailure(app, step, row, { ...failure, pauseMs }));
}

/** Hands a job back untried, for others to take at once. */
export async function returnJob(app: App, row: JobRow): Promise<void> {
  await change(app, ({ trx }) => backToWaiting(trx, row, { attempts: row.attempts - 1, dueAt: row.dueAt }));
}

/** Takes jobs from workers that went silent; the first time they may run again at once. */
export async function reclaimJobs(
  app: App,
  { definitions, own }: { definitions: JobDefinitions; own: readonly number[] },
): Promise<void> {
  await change(app, async (step) => {
    const silent = step
      .trx<JobRow>('jobs')
      .where('state', 'running')
      .where('leaseUntil', '<=', step.at)
      .whereIn('name', [...definitions.keys()])
      .whereNotIn('id', own)
      .limit(100);
    const rows: JobRow[] = await lockFree(app, silent);
    for (const row of rows) {
      const maxAttempts = definitions.get(row.name)?.maxAttempts;
      const pauseMs = pauseAfter(row.attempts - 1, JOB_BACK_OFF);
      await settleFailure(app, step, row, { error: 'the worker went silent', pauseMs, maxAttempts });
    }
  });
}

async function settleFailure(
  app: App,
  step: Change,
  row: JobRow,
  {
    maxAttempts = DEFAULT_ATTEMPTS,
    error,
    pauseMs,
  }: { maxAttempts?: number | undefined; error: unknown; pauseMs: number },
): Promise<boolean> {
  const { trx } = step;
  const lastError = describeFailure(error);
  const { name: job, attempts } = row;
  if (attempts < maxAttempts) return backToWaiting(trx, row, { lastError, dueAt: later(app.now(), pauseMs) });
  const isMine = (await held(trx, row).update({ state: 'dead', leaseUntil: null, lastError })) === 1;
  if (isMine)
    step.announce('job.failed', { job, attempts, actor: { kind: 'system', id: 'jobs', door: 'job' } });
  return isMine;
}

async function backToWaiting(trx: Knex.Transaction, row: JobRow, patch: Partial<JobRow>): Promise<boolean> {
  // A newer job of the same key took its place while this one ran.
  if (await isReplaced(trx, row)) return (await held(trx, row).delete()) === 1;
  const touched = await held(trx, row)
    .update({ state: 'waiting', leaseUntil: null, ...patch })
    .increment('fence', 1);
  return touched === 1;
}

/** Whether another job waits under the same key. */
export async function isReplaced(trx: Knex.Transaction, { uniqueKey }: JobRow): Promise<boolean> {
  if (uniqueKey === null) return false;
  return (await trx<JobRow>('jobs').where({ uniqueKey, state: 'waiting' }).first('id')) !== undefined;
}
