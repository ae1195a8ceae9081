import { fold } from '@helpdesk/core';
import { compile, joined, wordsOf } from './compile.js';
import type { Condition, Conditions, Match } from './condition.js';
import { lookAt } from './look-at.js';

/** What was found where a condition looks; null: nothing is known. */
export type Seen = string | number | boolean | null | readonly string[];
export type Facts = Readonly<Record<string, Seen>>;

/** A condition with the value that was seen and whether it held. */
export type Checked = Condition & { readonly seen: Seen; readonly holds: boolean };
export interface Verdict {
  readonly holds: boolean;
  readonly match: Match;
  readonly groups: readonly {
    readonly match: Match;
    readonly holds: boolean;
    readonly conditions: readonly Checked[];
  }[];
}

/** Every condition is looked at, so that all of them can be shown. */
export function evaluate(conditions: Conditions, facts: Facts): Verdict {
  const { marks } = compile(conditions).judge(lookAt(facts));
  return verdictOf(conditions, marks, (condition) => keptOf(condition, facts[condition.field] ?? null));
}

/**
 * The whole verdict, of what was noted while conditions were looked at.
 * @param seenBy what each condition saw; `index` counts through all groups
 */
export function verdictOf(
  { match, groups }: Conditions,
  marks: string,
  seenBy: (condition: Condition, index: number) => Seen,
): Verdict {
  let index = 0;
  const checked = groups.map((group) => {
    const conditions = group.conditions.map((condition) => {
      const one = { ...condition, seen: seenBy(condition, index), holds: marks[index] === '1' };
      index += 1;
      return one;
    });
    const holds = joined(
      group.match,
      conditions.map((one) => one.holds),
    );
    return { match: group.match, holds, conditions };
  });
  const holds = joined(
    match,
    checked.map((group) => group.holds),
  );
  return { holds, match, groups: checked };
}

const SEEN_MOST = 300;

export const isLong = (seen: Seen): seen is string => typeof seen === 'string' && seen.length > SEEN_MOST;

/** Of a long text the place that was found, else the beginning: a trace is no copy of the letter. */
export function keptOf({ op, values }: Pick<Condition, 'op' | 'values'>, seen: Seen): Seen {
  if (!isLong(seen)) return seen;
  const folded = op === 'contains' ? fold(seen) : '';
  const found = op === 'contains' ? wordsOf(values).map((word) => folded.indexOf(word)) : [];
  const at = Math.max(0, (found.find((place) => place >= 0) ?? 0) - 40);
  return beginningOf(seen, at);
}

export const beginningOf = (text: string, at = 0): string =>
  `${at > 0 ? '…' : ''}${text.slice(at, at + 120)}…`;
