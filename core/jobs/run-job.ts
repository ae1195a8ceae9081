import type { App } from '../database/app.js';
import { JOB_LEASE_MS } from './claim-jobs.js';
import type { JobDefinition, JobRow } from './job-types.js';
import { completeJob, failJob, renewJob } from './settle-job.js';

const DEFAULT_PATIENCE_MS = 15 * 60_000;

/** Runs a claimed job and settles it. Never rejects: what cannot be written is found again by its lease. */
export async function runJob(
  app: App,
  row: JobRow,
  definition: JobDefinition,
  stop: AbortController,
): Promise<void> {
  try {
    const isMine = await attempt(app, row, definition, stop);
    if (!isMine) app.log.warn({ job: row.name, jobId: row.id }, 'a job ended after its lease was given away');
  } catch (error) {
    app.log.error({ err: error, job: row.name, jobId: row.id }, 'the end of a job could not be written');
  }
}

async function attempt(
  app: App,
  row: JobRow,
  definition: JobDefinition,
  stop: AbortController,
): Promise<boolean> {
  try {
    await runUnderLease(app, row, definition, stop);
  } catch (error) {
    app.log.warn({ err: error, job: row.name, jobId: row.id, attempt: row.attempts }, 'job failed');
    return failJob(app, row, { ...definition, error });
  }
  app.fault('jobs.beforeComplete');
  return completeJob(app, row);
}

async function runUnderLease(
  app: App,
  row: JobRow,
  { run, patienceMs = DEFAULT_PATIENCE_MS }: JobDefinition,
  stop: AbortController,
): Promise<void> {
  const input: unknown = JSON.parse(row.input);
  const beat = setInterval(() => void keep(app, row, stop), JOB_LEASE_MS / 3);
  const limit = setTimeout(() => stop.abort(new Error(`not done after ${patienceMs / 1000} s`)), patienceMs);
  const { signal } = stop;
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(reasonOf(signal)), { once: true });
  });
  try {
    await Promise.race([run(input, { signal, attempt: row.attempts }), aborted]);
  } finally {
    clearInterval(beat);
    clearTimeout(limit);
  }
}

async function keep(app: App, row: JobRow, stop: AbortController): Promise<void> {
  try {
    if (!(await renewJob(app, row))) stop.abort(new Error('the lease was given away'));
  } catch (error) {
    app.log.warn({ err: error, job: row.name }, 'the lease of a job could not be renewed');
  }
}

const reasonOf = (signal: AbortSignal): Error =>
  signal.reason instanceof Error ? signal.reason : new Error('aborted');
