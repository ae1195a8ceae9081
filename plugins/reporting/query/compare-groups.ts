import { figureOf, type Group } from './figures.js';
import type { Measure } from './measures.js';
import type { Cell } from './statistics.js';

/** One measure over several groups. */
export interface Comparison {
  readonly measure: Measure;
  /** In the order of the groups. */
  readonly cells: readonly Cell[];
  /** How far the groups lie apart, as a share of the largest figure; null: fewer than two have enough tickets. */
  readonly distance: number | null;
}

/** Fewer tickets say nothing about a group. */
export const ENOUGH = 5;

/** Groups side by side, the measures in which they differ most first. */
export function compareGroups(
  measures: readonly Measure[],
  { groupsOf, values }: { groupsOf: (measure: Measure) => readonly Group[]; values: readonly string[] },
): Comparison[] {
  return measures
    .map((measure) => {
      const found = new Map(groupsOf(measure).map(({ values: [value = ''], cell }) => [value, cell]));
      const cells = values.map((value) => found.get(value) ?? NOTHING);
      return { measure, cells, distance: distanceOf(measure, cells) };
    })
    .toSorted((a, b) => (b.distance ?? -1) - (a.distance ?? -1));
}

const NOTHING: Cell = { n: 0, sum: 0, mean: null, median: null, p90: null };

/** Less than that is no difference, however large a share of nearly nothing it is. */
const TELLING = { seconds: 60, share: 0.01, score: 0.1, count: 1 } as const;

/** Counts tell how large a group is, not how it fares. */
function distanceOf(measure: Measure, cells: readonly Cell[]): number | null {
  if (measure.by === 'count') return null;
  const figures = cells.flatMap((cell) => (cell.n < ENOUGH ? [] : (figureOf(measure, cell) ?? [])));
  if (figures.length < 2) return null;
  const [low, high] = [Math.min(...figures), Math.max(...figures)];
  if (high - low < TELLING[measure.unit]) return 0;
  if (measure.unit === 'share') return high - low;
  const largest = Math.max(Math.abs(low), Math.abs(high));
  return largest === 0 ? 0 : (high - low) / largest;
}
