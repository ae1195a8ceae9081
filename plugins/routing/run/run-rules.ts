import { change, type Actor, type HostApp } from '@helpdesk/core';
import { evaluate, type Facts, type Verdict } from '../conditions/evaluate.js';
import { readPeople } from '../facts/read-people.js';
import { readStates } from '../facts/read-states.js';
import { toFacts } from '../facts/to-facts.js';
import type { RuleRecord } from '../rules/list-rules.js';
import '../rules/routing-hooks.js';
import { act, type Chooser } from './act.js';
import { ruleActor, type Occasion } from './occasion.js';
import {
  tracesOf,
  writeMissed,
  writeTrace,
  type ActionTrace,
  type NewTrace,
  type TraceOutcome,
  type TraceRecord,
} from './trace.js';

export interface Runner {
  readonly app: HostApp;
  readonly choose: Chooser;
  readonly limits: () => Limits;
}
export interface Limits {
  /** How many rules may follow from one another. */
  readonly depth: number;
  /** How often one rule may act on one ticket within an hour. */
  readonly visits: number;
  /** Replies of rules to one contact within a day. */
  readonly replies: number;
}

const HOUR_MS = 3_600_000;

/**
 * Asks rules in their order for one occasion, and does what those say whose conditions hold. Run again for the same
 * occasion, it goes on where it was, and does nothing twice.
 */
export async function runRules(
  runner: Runner,
  rules: readonly RuleRecord[],
  occasion: Occasion,
): Promise<void> {
  const { app } = runner;
  const told = await tracesOf(app.db, occasion);
  const missed: NewTrace[] = [];
  // Most rules hold for few tickets: what is known is read once for all of them, and again after one has acted.
  let facts: Facts | undefined;
  for (const rule of rules) {
    // What a rule has done itself is no news to it.
    if (occasion.chain.at(-1) === rule.id) continue;
    const before = told.get(rule.id);
    if (before && before.outcome !== 'started') {
      if (before.outcome === 'done' && before.detail.stop) break;
      continue;
    }
    facts ??= before ? undefined : await factsOf(app, occasion.ticketId);
    if (!before && !facts) break;
    const verdict = before?.detail.verdict ?? evaluate(rule.definition.conditions, facts ?? {});
    if (!before && !verdict.holds) {
      // Timers ask again every minute; only what happened is worth a "why not".
      if (occasion.key.startsWith('event:'))
        missed.push(traceOf({ rule, occasion, verdict, outcome: 'missed' }));
      continue;
    }
    // Rules that were asked before this one are not asked again after a crash.
    await keepMissed(app, missed.splice(0));
    facts = undefined;
    if (await runRule(runner, { rule, occasion, verdict }, before)) break;
  }
  await keepMissed(app, missed);
}

/** @returns whether the rules behind it are not asked */
async function runRule(
  runner: Runner,
  { rule, occasion, verdict }: Pick<Told, 'rule' | 'occasion' | 'verdict'>,
  before: TraceRecord | undefined,
): Promise<boolean> {
  const { app } = runner;
  if (before) return finish(runner, { rule, occasion, verdict }, before.detail.actions);
  if (await isLoop(runner, rule, occasion)) {
    const { ticketId, trigger } = occasion;
    app.log.warn({ ruleId: rule.id, ticketId, trigger }, 'a loop of rules was cut');
    await note(runner, { rule, occasion, verdict, outcome: 'cut' });
    return false;
  }
  await note(runner, { rule, occasion, verdict, outcome: 'started' });
  app.fault('routing.afterStart');
  return finish(runner, { rule, occasion, verdict });
}

/** Whether a rule holds for a ticket now; undefined: there is no such ticket. */
export async function verdictOn(
  app: HostApp,
  { definition }: Pick<RuleRecord, 'definition'>,
  ticketId: number,
): Promise<Verdict | undefined> {
  const facts = await factsOf(app, ticketId);
  return facts && evaluate(definition.conditions, facts);
}

async function factsOf(app: HostApp, ticketId: number): Promise<Facts | undefined> {
  const state = (await readStates(app.db, [ticketId])).get(ticketId);
  if (!state) return undefined;
  const at = app.now();
  const people = await readPeople(app.db, [state], at.toISOString());
  return toFacts(state, { people, at, timeZone: app.company.timeZone });
}

async function finish(
  runner: Runner,
  { rule, occasion, verdict }: { rule: RuleRecord; occasion: Occasion; verdict: Verdict },
  done: readonly ActionTrace[] = [],
): Promise<boolean> {
  const actor: Actor = ruleActor([...occasion.chain, rule.id]);
  const acting = {
    rule,
    occasion,
    actor,
    done,
    keep: (actions: readonly ActionTrace[]) =>
      note(runner, { rule, occasion, verdict, actions, outcome: 'started' }),
  };
  const actions = await act(runner, acting);
  await note(runner, { rule, occasion, verdict, actions, outcome: 'done' });
  return rule.definition.stop;
}

async function isLoop({ app, limits }: Runner, rule: RuleRecord, occasion: Occasion): Promise<boolean> {
  const { depth, visits } = limits();
  if (occasion.chain.includes(rule.id) || occasion.chain.length >= depth) return true;
  const since = new Date(app.now().getTime() - HOUR_MS).toISOString();
  const [row] = await app
    .db('routing_traces')
    .where({ ruleId: rule.id, ticketId: occasion.ticketId, outcome: 'done' })
    .where('at', '>', since)
    .count<{ n: number }[]>({ n: '*' });
  return Number(row?.n ?? 0) >= visits;
}

interface Told {
  readonly rule: RuleRecord;
  readonly occasion: Occasion;
  readonly verdict: Verdict;
  readonly actions?: readonly ActionTrace[];
  readonly outcome: TraceOutcome;
}

function traceOf({ rule, occasion, verdict, actions = [], outcome }: Told): NewTrace {
  const { name, stop } = rule.definition;
  return {
    ticketId: occasion.ticketId,
    ruleId: rule.id,
    version: rule.version,
    occasion: occasion.key,
    trigger: occasion.trigger,
    outcome,
    detail: { name, verdict, actions, stop },
  };
}

async function note({ app }: Runner, told: Told): Promise<void> {
  const { rule, occasion, outcome } = told;
  const { ticketId, chain } = occasion;
  await change(app, async (step) => {
    await writeTrace(step, traceOf(told));
    const ran = { ticketId, ruleId: rule.id, version: rule.version, actor: ruleActor([...chain, rule.id]) };
    if (outcome === 'done') step.announce('routing.ruleRan', ran);
    if (outcome === 'cut') step.announce('routing.loopCut', ran);
  });
}

async function keepMissed(app: HostApp, missed: readonly NewTrace[]): Promise<void> {
  if (missed.length > 0) await change(app, (step) => writeMissed(step, missed));
}
