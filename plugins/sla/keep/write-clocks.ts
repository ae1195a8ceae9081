import type { Knex } from 'knex';
import { runClocks, type Clocks } from '../clock/run-clocks.js';
import type { Segments } from '../segments.js';
import { listRuleSets } from '../rules/list-rules.js';
import { readLives } from './read-lives.js';

/** Derives the clocks of some tickets from the log, whatever was there before. */
export async function writeClocks(
  trx: Knex,
  ticketIds: readonly number[],
  segments: Segments | undefined,
): Promise<void> {
  await waitForOthers(trx);
  const [lives, sets] = [await readLives(trx, ticketIds, segments), await listRuleSets(trx)];
  const rows = [...lives].flatMap(([ticketId, life]) =>
    toRows(ticketId, runClocks(life, sets), life.about.segmentId),
  );
  await trx('sla_clocks')
    .whereIn('ticketId', [...lives.keys()])
    .delete();
  for (let from = 0; from < rows.length; from += 50)
    await trx('sla_clocks').insert(rows.slice(from, from + 50));
}

// A number of this plugin's own among PostgreSQL's locks.
const CLOCKS_LOCK = 7_305_201;

/**
 * The follower, the minute's work and a page may derive the same clocks at once: one after the other, each from a log
 * that is read when it is its turn. SQLite has one writer anyway.
 */
async function waitForOthers(trx: Knex): Promise<void> {
  if (trx.client.config.client === 'pg') await trx.raw('select pg_advisory_xact_lock(?)', [CLOCKS_LOCK]);
}

function toRows(ticketId: number, { clocks, moment }: Clocks, segmentId: number | null) {
  const { teamId, priority } = moment;
  return clocks.map(({ kind, n, state, policyId, startedAt, endedAt, norm, used, dueAt, warnAt }) => ({
    ticketId,
    kind,
    n,
    state,
    policyId,
    startedAt: iso(startedAt),
    endedAt: iso(endedAt),
    norm,
    used,
    dueAt: iso(dueAt),
    warnAt: iso(warnAt),
    countsAt: iso(state === 'met' ? endedAt : dueAt),
    teamId,
    priority,
    segmentId,
  }));
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
