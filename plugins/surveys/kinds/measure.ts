import { npsInterval, wilson, type Interval } from './intervals.js';
import { scaleOf, type Kind } from './kind.js';

/** How many gave each score. */
export type Counts = ReadonlyMap<number, number>;

export interface Measure {
  readonly answers: number;
  /** CSAT: share of 4 and 5, 0 to 1. NPS: -100 to 100. CES: the mean. Undefined without answers. */
  readonly value: number | undefined;
  /** In the same unit, 95 %; none for CES. */
  readonly interval: Interval | undefined;
  readonly good: number;
  readonly bad: number;
  /** Too few for a conclusion. */
  readonly isSmall: boolean;
}

/** Fewer answers than this are marked: their interval is wider than any difference one would act upon. */
export const FEW = 30;

/** What the answers of a kind amount to. */
export function measure(kind: Kind, counts: Counts): Measure {
  const { good: from, bad: to } = scaleOf(kind);
  const sum = (of: (score: number) => number) =>
    [...counts].reduce((total, [score, n]) => total + n * of(score), 0);
  const answers = sum(() => 1);
  const good = sum((score) => (score >= from ? 1 : 0));
  const bad = sum((score) => (score <= to ? 1 : 0));
  const known = { answers, good, bad, isSmall: answers < FEW };
  if (answers === 0) return { ...known, value: undefined, interval: undefined };
  if (kind === 'csat') return { ...known, value: good / answers, interval: wilson(good, answers) };
  if (kind === 'ces') return { ...known, value: sum((score) => score) / answers, interval: undefined };
  const { low, high } = npsInterval(good, bad, answers);
  return {
    ...known,
    value: ((good - bad) / answers) * 100,
    interval: { low: low * 100, high: high * 100 },
  };
}
