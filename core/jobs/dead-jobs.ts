import type { Knex } from 'knex';
import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import { errors } from '../errors/errors.js';
import type { JobRow } from './job-types.js';
import { isReplaced } from './settle-job.js';

export interface DeadJob {
  id: number;
  name: string;
  /** JSON, as it was given. */
  input: string;
  attempts: number;
  lastError: string | null;
  createdAt: string;
}

/** Jobs that were given up, newest first. @param before an id, for the next page */
export async function listDeadJobs(
  db: Knex,
  { before, limit = 100 }: { before?: number; limit?: number } = {},
): Promise<readonly DeadJob[]> {
  const query = db<JobRow>('jobs')
    .where('state', 'dead')
    .orderBy('id', 'desc')
    .limit(limit)
    .select('id', 'name', 'input', 'attempts', 'lastError', 'createdAt');
  return before === undefined ? query : query.where('id', '<', before);
}

/** Gives a dead job all its attempts again, from now. @throws NOT_FOUND */
export async function rerunJob(app: App, id: number): Promise<void> {
  await change(app, async (step) => {
    const { trx, at } = step;
    const dead = trx<JobRow>('jobs').where({ id, state: 'dead' });
    const row = await dead.clone().first();
    if (!row) throw errors.NOT_FOUND();
    // A newer one of the same key already waits: running both would undo what the key is for.
    if (await isReplaced(trx, row)) await dead.delete();
    else await dead.update({ state: 'waiting', dueAt: at, attempts: 0 });
    step.afterCommit(() => app.signals.wake('jobs'));
  });
}

/** Forgets a dead job. @throws NOT_FOUND */
export async function removeJob(app: App, id: number): Promise<void> {
  const removed = await change(app, ({ trx }) => trx<JobRow>('jobs').where({ id, state: 'dead' }).delete());
  if (removed === 0) throw errors.NOT_FOUND();
}
