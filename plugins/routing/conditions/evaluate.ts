import { fold } from '@helpdesk/core';
import type { Condition, Conditions, Match } from './condition.js';

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
export function evaluate({ match, groups }: Conditions, facts: Facts): Verdict {
  const checked = groups.map((group) => {
    const conditions = group.conditions.map((condition) => check(condition, facts[condition.field] ?? null));
    return { match: group.match, holds: joined(group.match, conditions), conditions };
  });
  return { holds: joined(match, checked), match, groups: checked };
}

const joined = (match: Match, parts: readonly { readonly holds: boolean }[]) =>
  parts.length === 0 || (match === 'all' ? parts.every(isTrue) : parts.some(isTrue));
const isTrue = ({ holds }: { readonly holds: boolean }) => holds;

const SEEN_MOST = 300;

function check(condition: Condition, seen: Seen): Checked {
  const kept = typeof seen === 'string' ? excerpt(condition, seen) : seen;
  return { ...condition, seen: kept, holds: compare(condition, seen) };
}

function compare({ op, values }: Condition, seen: Seen): boolean {
  switch (op) {
    case 'contains':
      return wordsOf(values).some((word) => textOf(seen).includes(word));
    case 'lacks':
      return !wordsOf(values).some((word) => textOf(seen).includes(word));
    case 'equals':
      return wordsOf(values).some((word) => textOf(seen).split('\n').includes(word));
    case 'begins':
      return wordsOf(values).some((word) =>
        textOf(seen)
          .split('\n')
          .some((line) => line.startsWith(word)),
      );
    case 'empty':
      return textOf(seen).trim() === '';
    case 'filled':
      return textOf(seen).trim() !== '';
    case 'in':
      return values.includes(keyOf(seen));
    case 'notIn':
      return !values.includes(keyOf(seen));
    case 'hasAny':
      return wordsOf(values).some((word) => listOf(seen).includes(word));
    case 'hasNone':
      return !wordsOf(values).some((word) => listOf(seen).includes(word));
    case 'atLeast':
      return typeof seen === 'number' && seen >= Number(values[0]);
    case 'atMost':
      return typeof seen === 'number' && seen <= Number(values[0]);
    case 'yes':
      return seen === true;
    case 'no':
      return seen === false;
    case 'within':
      return typeof seen === 'string' && isWithin(seen, values[0] ?? '');
    case 'outside':
      return typeof seen === 'string' && !isWithin(seen, values[0] ?? '');
  }
}

/** Several words in one value are divided by `;`. */
const wordsOf = (values: readonly string[]) =>
  values
    .flatMap((value) => value.split(';'))
    .map((word) => fold(word.trim()))
    .filter((word) => word !== '');

const textOf = (seen: Seen) => fold(typeof seen === 'string' ? seen : '');
const keyOf = (seen: Seen) => (seen === null || Array.isArray(seen) ? 'none' : String(seen));
const listOf = (seen: Seen) => (Array.isArray(seen) ? (seen as readonly string[]).map(fold) : []);

function isWithin(time: string, span: string): boolean {
  const [from = '', to = ''] = span.split('-');
  return from <= to ? time >= from && time < to : time >= from || time < to;
}

/** Of a long text the place that was found, else the beginning: a trace is no copy of the letter. */
function excerpt({ op, values }: Condition, seen: string): string {
  if (seen.length <= SEEN_MOST) return seen;
  const folded = fold(seen);
  const found = op === 'contains' ? wordsOf(values).map((word) => folded.indexOf(word)) : [];
  const at = Math.max(0, (found.find((place) => place >= 0) ?? 0) - 40);
  return `${at > 0 ? '…' : ''}${seen.slice(at, at + 120)}…`;
}
