import { fold } from '@helpdesk/core';
import type { Condition, Conditions, Match } from './condition.js';
import type { Seen } from './evaluate.js';
import type { Sight } from './look-at.js';

type Test = (sight: Sight) => boolean;

/** Conditions made ready to be asked often. */
export interface Compiled {
  /** What they look at. */
  readonly fields: readonly string[];
  /** @returns which of the conditions hold, and whether all of it does */
  judge(sight: Sight): Judged;
}
export interface Judged {
  readonly holds: boolean;
  /** `1` holds, `0` does not: one for each condition, group by group. */
  readonly marks: string;
}

const ready = new WeakMap<Conditions, Compiled>();

/** Once for each version of a rule: its conditions are one object as long as the process knows it. */
export function compile(conditions: Conditions): Compiled {
  const known = ready.get(conditions);
  if (known) return known;
  const compiled = make(conditions);
  ready.set(conditions, compiled);
  return compiled;
}

function make({ match, groups }: Conditions): Compiled {
  const made = groups.map((group) => ({ match: group.match, tests: group.conditions.map(testOf) }));
  return {
    fields: [...new Set(groups.flatMap((group) => group.conditions.map(({ field }) => field)))],
    judge(sight) {
      // Every condition is looked at, so that all of them can be shown.
      let marks = '';
      const held = made.map((group) =>
        joined(
          group.match,
          group.tests.map((test) => {
            const holds = test(sight);
            marks += holds ? '1' : '0';
            return holds;
          }),
        ),
      );
      return { holds: joined(match, held), marks };
    },
  };
}

/** Nothing to be asked holds always. */
export const joined = (match: Match, parts: readonly boolean[]): boolean =>
  parts.length === 0 || (match === 'all' ? !parts.includes(false) : parts.includes(true));

function testOf({ field, op, values }: Condition): Test {
  const words = wordsOf(values);
  const [value = ''] = values;
  switch (op) {
    case 'contains':
      return (sight) => contains(sight.text(field), words);
    case 'lacks':
      return (sight) => !contains(sight.text(field), words);
    case 'equals':
      return (sight) => sight.lines(field).some((line) => words.includes(line));
    case 'begins':
      return (sight) => sight.lines(field).some((line) => words.some((word) => line.startsWith(word)));
    case 'empty':
      return (sight) => sight.text(field).trim() === '';
    case 'filled':
      return (sight) => sight.text(field).trim() !== '';
    case 'in':
      return (sight) => values.includes(keyOf(sight.seen(field)));
    case 'notIn':
      return (sight) => !values.includes(keyOf(sight.seen(field)));
    case 'hasAny':
      return (sight) => sight.list(field).some((one) => words.includes(one));
    case 'hasNone':
      return (sight) => !sight.list(field).some((one) => words.includes(one));
    case 'atLeast':
      return (sight) => numberOf(sight.seen(field)) >= Number(value);
    case 'atMost':
      return (sight) => numberOf(sight.seen(field)) <= Number(value);
    case 'yes':
      return (sight) => sight.seen(field) === true;
    case 'no':
      return (sight) => sight.seen(field) === false;
    case 'within':
      return (sight) => isWithin(sight.seen(field), value) === true;
    case 'outside':
      return (sight) => isWithin(sight.seen(field), value) === false;
  }
}

/** Several words in one value are divided by `;`. */
export const wordsOf = (values: readonly string[]): string[] =>
  values
    .flatMap((value) => value.split(';'))
    .map((word) => fold(word.trim()))
    .filter((word) => word !== '');

const contains = (text: string, words: readonly string[]) => words.some((word) => text.includes(word));
const keyOf = (seen: Seen) => (seen === null || Array.isArray(seen) ? 'none' : String(seen));
// Nothing is as much, and nothing is as little, as what is not known.
const numberOf = (seen: Seen) => (typeof seen === 'number' ? seen : Number.NaN);

/** Undefined: no time is known. */
function isWithin(time: Seen, span: string): boolean | undefined {
  if (typeof time !== 'string') return undefined;
  const [from = '', to = ''] = span.split('-');
  return from <= to ? time >= from && time < to : time >= from || time < to;
}
