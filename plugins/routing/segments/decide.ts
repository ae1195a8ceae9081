import type { Facts } from '../conditions/evaluate.js';
import { evaluate } from '../conditions/evaluate.js';
import type { SegmentRule } from '../conditions/condition.js';

export interface RuledSegment {
  readonly id: number;
  readonly rule: SegmentRule;
}

/** The first segment whose rule holds; null: none does. */
export function decide(
  segments: readonly RuledSegment[],
  about: SegmentRule['about'],
  facts: Facts,
): number | null {
  return segments.find(({ rule }) => rule.about === about && evaluate(rule, facts).holds)?.id ?? null;
}
