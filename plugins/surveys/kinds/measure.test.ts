import { describe, expect, it } from 'vitest';
import { npsInterval, npsVariance, wilson } from './intervals.js';
import { readScore, scoresOf } from './kind.js';
import { measure } from './measure.js';

describe('published arithmetic', () => {
  // Newcombe 1998, table I, method 3.
  it.each([
    { good: 81, all: 263, low: 0.2553, high: 0.3662 },
    { good: 15, all: 148, low: 0.0624, high: 0.1605 },
    { good: 0, all: 20, low: 0, high: 0.1611 },
    { good: 1, all: 29, low: 0.0061, high: 0.1718 },
  ])('Wilson: $good of $all', ({ good, all, low, high }) => {
    const found = wilson(good, all);
    expect(found.low).toBeCloseTo(low, 4);
    expect(found.high).toBeCloseTo(high, 4);
  });

  it('NPS: half promoters, a third passives, a sixth detractors have the variance 5/9', () => {
    expect(npsVariance(1 / 2, 1 / 6)).toBeCloseTo(5 / 9, 10);
  });

  it('NPS: 291 promoters and 395 detractors of 1,162 are -9 ± 4.4', () => {
    const { low, high } = npsInterval(291, 395, 1162);
    expect((high - low) * 50).toBeCloseTo(4.4, 1);
    const counts = new Map([
      [10, 291],
      [8, 476],
      [3, 395],
    ]);
    expect(Math.round(measure('nps', counts).value ?? 0)).toBe(-9);
  });

  it('a few equal answers are not certain', () => {
    const { interval, value, isSmall } = measure('nps', new Map([[10, 4]]));
    expect(value).toBe(100);
    expect(interval?.low).toBeLessThan(80);
    expect(interval?.high).toBeLessThanOrEqual(100);
    expect(isSmall).toBe(true);
  });
});

describe('measures', () => {
  it('CSAT is the share of 4 and 5', () => {
    const counts = new Map([
      [5, 2],
      [4, 1],
      [3, 1],
    ]);
    expect(measure('csat', counts)).toMatchObject({ answers: 4, value: 0.75, good: 3, bad: 0 });
  });

  it('CES is the mean', () => {
    const counts = new Map([
      [7, 1],
      [4, 1],
    ]);
    expect(measure('ces', counts)).toMatchObject({ value: 5.5, interval: undefined });
  });

  it('NPS leaves 7 and 8 out', () => {
    const counts = new Map([0, 6, 7, 8, 9, 10, 10].map((score) => [score, 1]));
    expect(measure('nps', counts)).toMatchObject({ good: 2, bad: 2, value: 0 });
  });

  it('without answers there is no value', () => {
    expect(measure('nps', new Map())).toMatchObject({ answers: 0, value: undefined, interval: undefined });
  });

  it('a score is read only where it is one', () => {
    expect(scoresOf('nps')).toHaveLength(11);
    expect(['0', '10'].map((text) => readScore('nps', text))).toEqual([0, 10]);
    expect(['11', '-1', '1e1', ' 3', '', undefined].map((text) => readScore('nps', text))).toEqual(
      Array.from({ length: 6 }),
    );
    expect(readScore('csat', '0')).toBeUndefined();
  });
});
