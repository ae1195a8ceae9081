/** What some values come to. Empty: null for everything but the count. */
export interface Cell {
  readonly n: number;
  readonly sum: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
}

/**
 * Counts and quantiles. A quantile is the nearest rank: the smallest value that at least this share of the values does
 * not exceed. It is always a value that occurred, and the same on every database.
 */
export function summarise(values: readonly number[]): Cell {
  let sum = 0;
  for (const value of values) sum += value;
  return new Values(values, sum);
}

/** So many things, each of which counts once. */
export const countOf = (n: number): Cell => ({
  n,
  sum: n,
  mean: n === 0 ? null : 1,
  median: n === 0 ? null : 1,
  p90: n === 0 ? null : 1,
});

/** Sorts when a quantile is asked for: most figures are counts and means. */
class Values implements Cell {
  readonly n: number;
  readonly sum: number;
  private readonly values: readonly number[];
  private sorted: Float64Array | undefined;

  constructor(values: readonly number[], sum: number) {
    this.values = values;
    this.n = values.length;
    this.sum = sum;
  }

  get mean(): number | null {
    return this.n === 0 ? null : this.sum / this.n;
  }

  get median(): number | null {
    return this.rank(0.5);
  }

  get p90(): number | null {
    return this.rank(0.9);
  }

  private rank(share: number): number | null {
    this.sorted ??= new Float64Array(this.values).toSorted();
    // 0.9 * 10 is 9.000000000000002 in places: a hair less is meant.
    return this.sorted[Math.max(0, Math.ceil(this.n * share - 1e-9) - 1)] ?? null;
  }
}
