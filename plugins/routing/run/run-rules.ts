import { change, type Actor, type HostApp } from '@helpdesk/core';
import { compile } from '../conditions/compile.js';
import { evaluate, type Facts, type Verdict } from '../conditions/evaluate.js';
import { lookAt, type Sight } from '../conditions/look-at.js';
import { readFacts } from '../facts/read-facts.js';
import type { RuleRecord } from '../rules/list-rules.js';
import '../rules/routing-hooks.js';
import { act, type Chooser } from './act.js';
import { gatherMisses, type Misses } from './gather-misses.js';
import { ruleActor, type Occasion } from './occasion.js';
import {
  tracesOf,
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
  const [told, misses] = await Promise.all([tracesOf(app.db, occasion), gatherMisses(app.db, occasion)]);
  // Most rules hold for few tickets: what is known is read once for all of them, and again after one has acted.
  let seen: Seeing | undefined;
  for (const rule of rules) {
    // What a rule has done itself is no news to it.
    if (occasion.chain.at(-1) === rule.id || misses.has(rule)) continue;
    const before = told.get(rule.id);
    if (before && before.outcome !== 'started') {
      if (before.outcome === 'done' && before.detail.stop) break;
      continue;
    }
    let verdict = before?.detail.verdict;
    if (!verdict) {
      seen ??= await see(app, rules, occasion);
      if (!seen) break;
      const { holds, marks } = compile(rule.definition.conditions).judge(seen.sight);
      if (!holds) {
        misses.add(rule, { marks, facts: seen.facts });
        continue;
      }
      verdict = evaluate(rule.definition.conditions, seen.facts);
    }
    seen = undefined;
    if (await runRule(runner, { rule, occasion, verdict, misses }, before)) break;
  }
  if (misses.areNew()) await change(app, (step) => misses.write(step));
}

interface Seeing {
  readonly facts: Facts;
  readonly sight: Sight;
}

/** All that some rules look at, read and folded once. Undefined: there is no such ticket. */
async function see(
  app: HostApp,
  rules: readonly RuleRecord[],
  { ticketId }: Occasion,
): Promise<Seeing | undefined> {
  const fields = new Set(rules.flatMap(({ definition }) => compile(definition.conditions).fields));
  const facts = await readFacts(app, ticketId, fields);
  return facts && { facts, sight: lookAt(facts) };
}

/** @returns whether the rules behind it are not asked */
async function runRule(
  runner: Runner,
  { rule, occasion, verdict, misses }: Pick<Told, 'rule' | 'occasion' | 'verdict'> & { misses: Misses },
  before: TraceRecord | undefined,
): Promise<boolean> {
  const { app } = runner;
  if (before) return finish(runner, { rule, occasion, verdict }, before.detail.actions);
  if (await isLoop(runner, rule, occasion)) {
    const { ticketId, trigger } = occasion;
    app.log.warn({ ruleId: rule.id, ticketId, trigger }, 'a loop of rules was cut');
    await note(runner, { rule, occasion, verdict, misses, outcome: 'cut' });
    return false;
  }
  // Rules that were asked before this one are not asked again after a crash: they are written down with it.
  await note(runner, { rule, occasion, verdict, misses, outcome: 'started' });
  app.fault('routing.afterStart');
  return finish(runner, { rule, occasion, verdict });
}

/** Whether a rule holds for a ticket now; undefined: there is no such ticket. */
export async function verdictOn(
  app: HostApp,
  { definition: { conditions } }: Pick<RuleRecord, 'definition'>,
  ticketId: number,
): Promise<Verdict | undefined> {
  const facts = await readFacts(app, ticketId, new Set(compile(conditions).fields));
  return facts && evaluate(conditions, facts);
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
  /** The rules that were asked before it, to be written down with it. */
  readonly misses?: Misses;
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
  const { rule, occasion, outcome, misses } = told;
  const { ticketId, chain } = occasion;
  await change(app, async (step) => {
    if (misses?.areNew()) await misses.write(step);
    await writeTrace(step, traceOf(told));
    const ran = { ticketId, ruleId: rule.id, version: rule.version, actor: ruleActor([...chain, rule.id]) };
    if (outcome === 'done') step.announce('routing.ruleRan', ran);
    if (outcome === 'cut') step.announce('routing.loopCut', ran);
  });
}
