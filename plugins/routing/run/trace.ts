import { change, parseJson, type App, type Change } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { Verdict } from '../conditions/evaluate.js';
import type { Action } from '../rules/definition.js';

/** What came of one action. */
export interface ActionTrace {
  readonly action: Action;
  /**
   * `unchanged`: it was so already. `refused`: core or a plugin said no. `skipped`: not the time for it. `changed`:
   * somebody changed the ticket meanwhile and the rule no longer holds. `notTried`: an action before it ended the rule.
   */
  readonly outcome: 'done' | 'unchanged' | 'refused' | 'skipped' | 'changed' | 'notTried';
  /** Why, as a text key with values; for an assignment who was chosen and why. */
  readonly why?: { readonly key: string; readonly values: Readonly<Record<string, unknown>> };
}

export interface TraceDetail {
  readonly name: string;
  readonly verdict: Verdict;
  readonly actions: readonly ActionTrace[];
  readonly stop: boolean;
}

/** `started`: it was at work when the process ended, and goes on. `cut`: it would have gone round in a circle. */
export type TraceOutcome = 'started' | 'done' | 'cut';

/** How it went when a rule was asked about a ticket; `missed`: its conditions did not hold. */
export interface RuleRun {
  readonly ruleId: number;
  readonly version: number;
  readonly trigger: string;
  readonly at: string;
  readonly outcome: TraceOutcome | 'missed';
  readonly detail: TraceDetail;
}

/** A run of a rule whose conditions held; for the others see `misses.ts`. */
export interface TraceRecord extends RuleRun {
  readonly id: number;
  readonly ticketId: number;
  readonly occasion: string;
  readonly outcome: TraceOutcome;
}

type Row = Omit<TraceRecord, 'detail'> & { readonly detail: string };

const toTrace = ({ detail, ...row }: Row): TraceRecord => ({
  ...row,
  detail: parseJson<TraceDetail>(detail, { name: '', verdict: NO_VERDICT, actions: [], stop: false }),
});
const NO_VERDICT: Verdict = { holds: false, match: 'all', groups: [] };

/**
 * What rules did to a ticket; the newest first.
 * @param before those that are older than this one
 * @param outcomes these alone
 */
export async function listTraces(
  db: Knex,
  {
    ticketId,
    limit,
    before,
    outcomes,
  }: {
    ticketId: number;
    limit: number;
    before?: number | undefined;
    outcomes?: readonly TraceOutcome[];
  },
): Promise<TraceRecord[]> {
  const query = db('routing_traces').where({ ticketId }).orderBy('id', 'desc').limit(limit);
  if (before !== undefined) void query.where('id', '<', before);
  if (outcomes) void query.whereIn('outcome', [...outcomes]);
  const rows: Row[] = await query;
  return rows.map(toTrace);
}

/** What was told for one occasion, by rule. */
export async function tracesOf(
  db: Knex,
  { key: occasion, ticketId }: { key: string; ticketId: number },
): Promise<ReadonlyMap<number, TraceRecord>> {
  const rows: Row[] = await db('routing_traces').where({ ticketId, occasion });
  return new Map(rows.map((row) => [row.ruleId, toTrace(row)]));
}

export type NewTrace = Omit<TraceRecord, 'id' | 'at'>;

export async function writeTrace({ trx, at }: Change, trace: NewTrace): Promise<void> {
  const row = { ...trace, at, detail: JSON.stringify(trace.detail) };
  await trx('routing_traces')
    .insert(row)
    .onConflict(['ruleId', 'ticketId', 'occasion'])
    .merge({ outcome: row.outcome, detail: row.detail, version: row.version, at });
}

/** What is older than some days goes; one for a timer stays while its ticket is open, or the timer would run again. */
async function purgeTraces({ trx }: Change, before: string): Promise<void> {
  const done = trx('tickets').where({ bucket: 'done' }).select('id');
  await trx('routing_traces')
    .where('at', '<', before)
    .where((old) => void old.where('occasion', 'like', 'event:%').orWhereIn('ticketId', done))
    .delete();
  await trx('routing_misses').where('at', '<', before).delete();
  // An answer is seen in its ticket; that it was the last hour's is all that these are for.
  await trx('routing_acknowledgements').where('at', '<', before).delete();
}

/** Nightly. @param days how long it is told what rules did */
export async function keepTraces(app: App, days: number): Promise<void> {
  const before = new Date(app.now().getTime() - days * 24 * 3_600_000).toISOString();
  await change(app, (step) => purgeTraces(step, before));
}
