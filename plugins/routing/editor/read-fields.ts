import { z } from 'zod';
import { ACTIONS, EVENT_TRIGGERS, TIMER_TRIGGERS } from '../rules/definition.js';
import type { Match } from '../conditions/condition.js';
import type { DraftConditions, RuleDraft, Unit } from './draft.js';

/** Whatever fields a form has; the names say where in the rule they belong. */
export const Fields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
export type Fields = z.infer<typeof Fields>;

const ROWS_MOST = 40;

export const one = (fields: Fields, name: string): string => {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return (Array.isArray(value) ? value[0] : value) ?? '';
};
const all = (fields: Fields, name: string): string[] => {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
};
const matchOf = (text: string): Match => (text === 'any' ? 'any' : 'all');

/** The numbers of the rows `<prefix>.<n>.…` in their order. */
function rowsOf(fields: Fields, prefix: string): number[] {
  const found = new Set<number>();
  for (const name of Object.keys(fields)) {
    const [, n] = name.startsWith(`${prefix}.`)
      ? (/^(\d{1,3})\./.exec(name.slice(prefix.length + 1)) ?? [])
      : [];
    if (n !== undefined) found.add(Number(n));
  }
  return [...found].toSorted((a, b) => a - b).slice(0, ROWS_MOST);
}

export function readConditions(fields: Fields): DraftConditions {
  const groups = rowsOf(fields, 'g').map((g) => ({
    match: matchOf(one(fields, `g.${g}.match`)),
    conditions: rowsOf(fields, `g.${g}.c`).map((c) => ({
      field: one(fields, `g.${g}.c.${c}.field`),
      op: one(fields, `g.${g}.c.${c}.op`),
      values: all(fields, `g.${g}.c.${c}.v`),
    })),
  }));
  return { match: matchOf(one(fields, 'match')), groups };
}

/** A rule as a form has it; what no form of ours offers is left out, but conditions, without which a rule says more. */
export function readRule(fields: Fields): RuleDraft {
  const unitOf = (text: string): Unit => (text === 'minutes' || text === 'days' ? text : 'hours');
  const triggers = rowsOf(fields, 't').map((t) => ({
    on: one(fields, `t.${t}.on`),
    every: one(fields, `t.${t}.every`),
    unit: unitOf(one(fields, `t.${t}.unit`)),
  }));
  const actions = rowsOf(fields, 'a').map((a) => ({
    kind: one(fields, `a.${a}.kind`),
    value: one(fields, `a.${a}.v`),
    team: one(fields, `a.${a}.team`),
  }));
  return {
    name: one(fields, 'name'),
    triggers: triggers.filter(({ on }) =>
      [...EVENT_TRIGGERS, ...TIMER_TRIGGERS].some((known) => known === on),
    ),
    conditions: readConditions(fields),
    actions: actions.filter(({ kind }) => ACTIONS.some((known) => known === kind)),
    stop: one(fields, 'stop') !== '',
  };
}
