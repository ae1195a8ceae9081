import { fold } from '../../database/search/words.js';
import { spellName } from './spell-name.js';

/** `name`: as it is written; `spelling`: in another alphabet or order; `similar`: an initial, a slip, a part. */
export type NameLikeness = 'name' | 'spelling' | 'similar';

/** How much two names are alike; undefined: not at all. */
export function compareNames(a: string, b: string): NameLikeness | undefined {
  const [one, two] = [spellName(a), spellName(b)];
  if (one.length === 0 || two.length === 0) return undefined;
  if (one.toSorted().join(' ') === two.toSorted().join(' '))
    return fold(a).trim() === fold(b).trim() ? 'name' : 'spelling';
  const [fewer, more] = one.length <= two.length ? [one, two] : [two, one];
  return isWithin(fewer, more) ? 'similar' : undefined;
}

/** Every word of the shorter name has a word of the longer one that it may stand for, one of them in full. */
function isWithin(fewer: readonly string[], more: readonly string[]): boolean {
  const free = [...more];
  let isAnyFull = false;
  for (const word of fewer.toSorted((a, b) => b.length - a.length)) {
    const full = free.indexOf(word);
    const at = full === -1 ? free.findIndex((other) => maybeSame(word, other)) : full;
    if (at === -1) return false;
    if (full !== -1 && word.length >= SHORTEST) isAnyFull = true;
    free.splice(at, 1);
  }
  return isAnyFull;
}

const SHORTEST = 3;

const maybeSame = (a: string, b: string): boolean =>
  a.length === 1 || b.length === 1
    ? a[0] === b[0]
    : Math.min(a.length, b.length) > SHORTEST && !/\d/.test(a + b) && isOneSlipAway(a, b);

/** One letter too many, too few, another, or two swapped. */
function isOneSlipAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  const [restA, restB] = [a.slice(from), b.slice(from)];
  const swapped = `${restB[1] ?? ''}${restB[0] ?? ''}${restB.slice(2)}`;
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA === swapped
  );
}
