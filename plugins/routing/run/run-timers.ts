import type { Knex } from 'knex';
import { isTimer, type Timer, type TimerTrigger } from '../rules/definition.js';
import { listActive, type RuleRecord } from '../rules/list-rules.js';
import { CLOCK_EVENTS } from './keep-clocks.js';
import { timerOccasion } from './occasion.js';
import { runRules, type Runner } from './run-rules.js';

const AT_A_TIME = 200;
const MINUTE_MS = 60_000;

interface Due {
  readonly id: number;
  /** When the period began, ISO text. */
  readonly since: string;
}

/** Runs the rules whose time has come, each once for a ticket and period. */
export async function runTimers(runner: Runner, signal?: AbortSignal): Promise<void> {
  const rules = await listActive(runner.app.db);
  for (const rule of rules)
    for (const timer of rule.definition.triggers.filter(isTimer)) {
      if (signal?.aborted) return;
      await runTimer(runner, { rule, timer, signal });
    }
}

async function runTimer(
  runner: Runner,
  { rule, timer, signal }: { rule: RuleRecord; timer: Timer; signal: AbortSignal | undefined },
): Promise<void> {
  const { app } = runner;
  const before = new Date(app.now().getTime() - timer.minutes * MINUTE_MS).toISOString();
  for (let after = 0; ;) {
    const due = await listDue(app.db, { on: timer.on, before, after });
    const [known, newer] = await Promise.all([
      ranFor(app.db, { rule, timer, due }),
      newestOf(app.db, timer.on, due),
    ]);
    for (const { id, since } of due) {
      if (signal?.aborted) return;
      after = id;
      const key = timerOccasion(timer, since);
      if (known.has(`${id} ${key}`) || (newer.get(id) ?? '') > since) continue;
      await runRules(runner, [rule], { key, trigger: timer.on, ticketId: id, chain: [] }).catch(
        (error: unknown) =>
          // The next minute tries again; other tickets do not wait for it.
          app.log.warn({ err: error, ruleId: rule.id, ticketId: id }, 'a timed rule failed'),
      );
    }
    if (due.length < AT_A_TIME) return;
  }
}

const columns: Readonly<Record<TimerTrigger, string>> = {
  unanswered: 'tickets.waitingSince',
  untouched: 'routing_clocks.touchedAt',
  waitingLong: 'routing_clocks.waitingFrom',
};

/** Open tickets whose period began before a time. */
async function listDue(
  db: Knex,
  { on, before, after }: { on: TimerTrigger; before: string; after: number },
): Promise<Due[]> {
  const column = columns[on];
  return db('tickets')
    .leftJoin('routing_clocks', 'routing_clocks.ticketId', 'tickets.id')
    .where('tickets.bucket', 'open')
    .where(column, '<=', before)
    .where('tickets.id', '>', after)
    .modify((query) => {
      if (on === 'waitingLong') void query.whereIn('tickets.category', ['waiting_customer', 'waiting_other']);
      if (on === 'unanswered') void query.whereIn('tickets.category', ['new', 'open']);
    })
    .orderBy('tickets.id')
    .limit(AT_A_TIME)
    .select<Due[]>('tickets.id', `${column} as since`);
}

/** The clocks may be behind the log: what began anew since is looked up there. */
async function newestOf(db: Knex, on: TimerTrigger, due: readonly Due[]): Promise<Map<number, string>> {
  if (on === 'unanswered' || due.length === 0) return new Map();
  const rows: { ticketId: number; at: string }[] = await db('events')
    .whereIn(
      'ticketId',
      due.map(({ id }) => id),
    )
    .modify((query) => {
      if (on === 'waitingLong') void query.where('name', 'ticket.waiting');
      else void query.whereIn('actorKind', ['agent', 'contact']).whereIn('name', [...CLOCK_EVENTS]);
    })
    .groupBy('ticketId')
    .select('ticketId', db.raw('max(at) as at'));
  return new Map(rows.map(({ ticketId, at }) => [ticketId, at]));
}

async function ranFor(
  db: Knex,
  { rule, timer, due }: { rule: RuleRecord; timer: Timer; due: readonly Due[] },
): Promise<Set<string>> {
  const rows: { ticketId: number; occasion: string }[] = await db('routing_traces')
    .where({ ruleId: rule.id })
    .whereNot({ outcome: 'started' })
    .whereIn(
      'ticketId',
      due.map(({ id }) => id),
    )
    .where('occasion', 'like', `timer:${timer.on}:%`)
    .select('ticketId', 'occasion');
  return new Set(rows.map(({ ticketId, occasion }) => `${ticketId} ${occasion}`));
}
