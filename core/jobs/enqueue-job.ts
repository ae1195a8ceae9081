import type { Knex } from 'knex';
import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import { errors } from '../errors/errors.js';
import type { EnqueueOptions } from './job-types.js';

const MOST_BYTES = 64 * 1024;
const LONGEST_KEY = 500;

/** Writes a job and wakes the workers once it has committed. @throws TOO_LARGE */
export async function enqueueJob(
  app: App,
  trx: Knex.Transaction | null,
  { name, input, ...options }: EnqueueOptions & { name: string; input: unknown },
): Promise<void> {
  const text = JSON.stringify(input ?? null);
  if (Buffer.byteLength(text) > MOST_BYTES) throw errors.TOO_LARGE({ limit: '64 KB' });
  if ((options.key?.length ?? 0) > LONGEST_KEY) throw errors.TOO_LARGE({ limit: `${LONGEST_KEY} letters` });
  const job = { name, input: text, ...options };
  if (trx) await insert(app, trx, job);
  else await change(app, (step) => insert(app, step.trx, job));
}

async function insert(
  app: App,
  trx: Knex.Transaction,
  { name, input, dueAt, key }: EnqueueOptions & { name: string; input: string },
): Promise<void> {
  const now = app.now();
  const row = {
    name,
    input,
    dueAt: (dueAt ?? now).toISOString(),
    attempts: 0,
    lastError: null,
    createdAt: now.toISOString(),
  };
  await trx('jobs')
    .insert({ ...row, state: 'waiting', uniqueKey: key ?? null })
    .onConflict(trx.raw("(unique_key) where state = 'waiting'"))
    .merge(row);
  if (app.database.engine === 'postgres') await trx.raw('notify helpdesk_jobs');
  // A rollback leaves nothing to wake for.
  void trx.executionPromise.then(
    () => app.signals.wake('jobs'),
    () => undefined,
  );
}
