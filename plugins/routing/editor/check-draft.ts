import { ALL_OPERATORS, BARE, type Operator } from '../conditions/fields.js';
import { problemOf, SegmentRule, type Condition, type Conditions } from '../conditions/condition.js';
import { Action, Definition, EVENT_TRIGGERS, TIMER_TRIGGERS, type Trigger } from '../rules/definition.js';
import { unknownPlace } from '../run/fill-template.js';
import { UNITS, type DraftAction, type DraftConditions, type DraftTrigger, type RuleDraft } from './draft.js';

/** By the name of the field in the form: a text key. */
export type Problems = Map<string, string>;
type Checked<T> = { ok: true; value: T } | { ok: false; problems: Problems };

/** A draft as a rule that may be stored, or what is wrong where. */
export function checkRule(draft: RuleDraft): Checked<Definition> {
  const problems: Problems = new Map();
  const name = draft.name.trim();
  if (name === '') problems.set('name', 'core.form.required');
  if (name.length > 200) problems.set('name', 'core.form.tooLong');
  const triggers = draft.triggers.flatMap((row, i) => checkTrigger(row, `t.${i}`, problems));
  if (draft.triggers.length === 0) problems.set('new.trigger', 'routing.problem.noTrigger');
  const conditions = checkConditions(draft.conditions, problems);
  const actions = draft.actions.flatMap((row, i) => checkAction(row, `a.${i}`, problems));
  if (draft.actions.length === 0) problems.set('new.action', 'routing.problem.noAction');
  if (problems.size > 0) return { ok: false, problems };
  const checked = Definition.safeParse({ name, triggers, conditions, actions, stop: draft.stop });
  if (checked.success) return { ok: true, value: checked.data };
  return { ok: false, problems: new Map([['name', 'routing.problem.rule']]) };
}

/** The same for who comes into a segment; no condition at all is no rule. */
export function checkSegmentRule(about: string, draft: DraftConditions): Checked<SegmentRule | null> {
  const problems: Problems = new Map();
  const conditions = checkConditions(draft, problems);
  if (problems.size > 0) return { ok: false, problems };
  if (conditions.groups.length === 0) return { ok: true, value: null };
  const checked = SegmentRule.safeParse({ about, ...conditions });
  if (checked.success) return { ok: true, value: checked.data };
  return { ok: false, problems: new Map([['about', 'routing.problem.rule']]) };
}

function checkTrigger({ on, every, unit }: DraftTrigger, name: string, problems: Problems): Trigger[] {
  const event = EVENT_TRIGGERS.find((known) => known === on);
  if (event) return [{ on: event }];
  const timer = TIMER_TRIGGERS.find((known) => known === on);
  const minutes = /^\d{1,6}$/.test(every.trim()) ? Number(every) * UNITS[unit] : 0;
  if (timer && minutes >= 1 && minutes <= 366 * 1440) return [{ on: timer, minutes }];
  problems.set(`${name}.every`, 'routing.problem.time');
  return [];
}

function checkConditions({ match, groups }: DraftConditions, problems: Problems): Conditions {
  const kept = groups.map((group, g) => ({
    match: group.match,
    conditions: group.conditions.flatMap((row, c) => {
      const condition = toCondition(row);
      const problem = condition ? problemOf(condition) : 'routing.problem.field';
      if (problem) problems.set(`g.${g}.c.${c}.v`, problem);
      return condition ? [condition] : [];
    }),
  }));
  return { match, groups: kept.filter(({ conditions }) => conditions.length > 0) };
}

function toCondition(row: { field: string; op: string; values: string[] }): Condition | undefined {
  const op = ALL_OPERATORS.find((known): known is Operator => known === row.op);
  if (!op) return undefined;
  const values = BARE.includes(op)
    ? []
    : row.values.map((value) =>
        value
          .trim()
          .replaceAll(/[–—]/g, '-')
          .replaceAll(/\s*-\s*/g, (dash) => (isClock(op) ? '-' : dash)),
      );
  return { field: row.field, op, values };
}
const isClock = (op: Operator) => op === 'within' || op === 'outside';

function checkAction({ kind, value, team }: DraftAction, name: string, problems: Problems): Action[] {
  const text = value.trim();
  const id = (given: string) => (given === 'none' || given === '' ? null : Number(given));
  const made: unknown = {
    team: () => ({ kind, teamId: text === 'segment' ? text : id(text) }),
    agent: () => ({ kind, agentId: id(text) }),
    assign: () => ({ kind, strategy: text, teamId: id(team) }),
    priority: () => ({ kind, priority: Number(text) }),
    type: () => ({ kind, type: text === 'none' ? null : text }),
    tag: () => ({ kind, tag: text }),
    untag: () => ({ kind, tag: text }),
    status: () => ({ kind, status: text }),
    note: () => ({ kind, text }),
    reply: () => ({ kind, savedReplyId: Number(text) }),
    acknowledge: () => ({ kind, text }),
  }[kind as Action['kind']]?.();
  const checked = text === '' ? undefined : Action.safeParse(made);
  const isStrange = kind === 'acknowledge' && unknownPlace(text) !== undefined;
  if (checked?.success && !isStrange) return [checked.data];
  problems.set(`${name}.v`, isStrange ? 'routing.problem.place' : 'routing.problem.value');
  return [];
}
