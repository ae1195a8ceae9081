import type { Knex } from 'knex';
import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import { later } from './back-off.js';
import type { JobRow } from './job-types.js';

/** How long a worker that says nothing keeps its job. It renews the lease three times in that while. */
export const JOB_LEASE_MS = 60_000;

/** Takes up to `limit` due jobs; nobody else gets them while the lease lasts. */
export async function claimJobs(
  app: App,
  { names, limit }: { names: readonly string[]; limit: number },
): Promise<readonly JobRow[]> {
  if (names.length === 0 || limit < 1) return [];
  return change(app, async ({ trx, at }) => {
    const due = trx<JobRow>('jobs')
      .where('state', 'waiting')
      .where('dueAt', '<=', at)
      .whereIn('name', names)
      .orderBy(['dueAt', 'id'])
      .limit(limit);
    const rows: JobRow[] = await lockFree(app, due);
    if (rows.length === 0) return [];
    const ids = rows.map(({ id }) => id);
    await trx('jobs')
      .whereIn('id', ids)
      .update({ state: 'running', leaseUntil: later(app.now(), JOB_LEASE_MS) })
      .increment({ fence: 1, attempts: 1 });
    return rows.map((row) => ({ ...row, fence: row.fence + 1, attempts: row.attempts + 1 }));
  });
}

/** The rows that nobody else is taking at this moment. SQLite has one writer: there is nobody else. */
export function lockFree<Q extends Knex.QueryBuilder>(app: App, query: Q): Q {
  if (app.database.engine === 'postgres') void query.forUpdate().skipLocked();
  return query;
}

/** When the next waiting job is due and when the first foreign lease ends; undefined when there is none. */
export async function soonestJobs(
  db: Knex,
  { names, own }: { names: readonly string[]; own: readonly number[] },
): Promise<{ due: Date | undefined; lease: Date | undefined }> {
  const jobs = (state: string) => db<JobRow>('jobs').where('state', state).whereIn('name', names);
  const due = await jobs('waiting').orderBy(['dueAt', 'id']).first('dueAt');
  const lease = await jobs('running').whereNotIn('id', own).orderBy('leaseUntil').first('leaseUntil');
  return {
    due: due ? new Date(due.dueAt) : undefined,
    lease: lease?.leaseUntil ? new Date(lease.leaseUntil) : undefined,
  };
}
