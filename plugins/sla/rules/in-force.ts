import type { RuleSet } from './policy.js';

/** The sets that count: the last one that applies from the beginning hides all before it, and has always been. */
export function inForce(sets: readonly RuleSet[]): RuleSet[] {
  const first = sets.findLastIndex(({ applies }) => applies === 'beginning');
  return sets
    .slice(Math.max(first, 0))
    .map((set) => (set.applies === 'beginning' ? { ...set, at: -Infinity } : set));
}
