/** The 97.5 % point of the normal distribution: intervals are of 95 %. */
const Z = 1.959964;

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Where the true share lies, as a share from 0 to 1. Score interval of E. B. Wilson, "Probable inference, the law of succession,
 * and statistical inference", JASA 22 (1927), 209–212; method 3 of R. G. Newcombe, Statistics in Medicine 17 (1998), 857–872.
 */
export function wilson(good: number, all: number): Interval {
  const share = good / all;
  const middle = share + Z ** 2 / (2 * all);
  const half = Z * Math.sqrt((share * (1 - share)) / all + Z ** 2 / (4 * all ** 2));
  const whole = 1 + Z ** 2 / all;
  return { low: Math.max(0, (middle - half) / whole), high: Math.min(1, (middle + half) / whole) };
}

/** The variance of one answer that counts 1, 0 or -1: p + d - (p - d)². */
export const npsVariance = (promoters: number, detractors: number): number =>
  promoters + detractors - (promoters - detractors) ** 2;

/**
 * Where the true NPS lies, as a share from -1 to 1. Normal interval with three quarters of an answer added to promoters and to
 * detractors, and three to all, so that a few equal answers do not look certain: adjusted Wald of B. Rocks, "Interval estimation
 * for the Net Promoter Score", The American Statistician 70 (2016), 365–372.
 */
export function npsInterval(promoters: number, detractors: number, all: number): Interval {
  const n = all + 3;
  const [p, d] = [(promoters + 0.75) / n, (detractors + 0.75) / n];
  const half = Z * Math.sqrt(npsVariance(p, d) / n);
  return { low: Math.max(-1, p - d - half), high: Math.min(1, p - d + half) };
}
