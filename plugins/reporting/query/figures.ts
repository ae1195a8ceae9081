import type { DayFinder } from './find-day.js';
import type { Dimension } from './dimensions.js';
import type { Measure } from './measures.js';
import type { Slice } from './read-slice.js';
import { countOf, summarise, type Cell } from './statistics.js';

export interface Asked {
  readonly measure: Measure;
  /** Every one must hold. */
  readonly filters?: readonly Filter[];
  readonly days: DayFinder;
}
export interface Filter {
  readonly dimension: Dimension;
  /** '' stands for none. */
  readonly value: string;
}
export interface Group {
  readonly values: readonly string[];
  readonly cell: Cell;
}

/** The values of a dimension by row, '' for none; several for tags. */
type Column = (row: number) => readonly string[];

/** Which rows count, and with what. */
export function hitsIn(slice: Slice, asked: Asked): { row: number; value: number }[] {
  const hits: { row: number; value: number }[] = [];
  eachHit(slice, asked, (row, value) => hits.push({ row, value }));
  return hits;
}

/** All rows in one figure. */
export function measureAll(slice: Slice, asked: Asked): Cell {
  const { measure, filters = [] } = asked;
  if (!slice.values.has(measure.key) && filters.length === 0) return countOf(slice.n);
  const numbers: number[] = [];
  eachHit(slice, asked, (_, value) => numbers.push(value));
  return summarise(numbers);
}

/** One figure for each value of the dimensions, or each pair of values; a ticket with several tags counts in each. */
export function groupRows(slice: Slice, asked: Asked, by: readonly Dimension[]): Group[] {
  const [first, second] = by.map((dimension) => columnOf(slice, dimension, asked.days));
  const groups = new Map<string, { values: readonly string[]; numbers: number[] }>();
  const add = (key: string, values: () => readonly string[], value: number) => {
    const group = groups.get(key);
    if (group) group.numbers.push(value);
    else groups.set(key, { values: values(), numbers: [value] });
  };
  eachHit(slice, asked, (row, value) => {
    for (const one of first?.(row) ?? NOTHING)
      if (!second) add(one, () => (first ? [one] : []), value);
      else for (const other of second(row)) add(`${one}\n${other}`, () => [one, other], value);
  });
  return [...groups.values()].map(({ values, numbers }) => ({ values, cell: summarise(numbers) }));
}

const NOTHING: readonly string[] = [''];

function eachHit(
  slice: Slice,
  { measure, filters = [], days }: Asked,
  take: (row: number, value: number) => void,
): void {
  const values = slice.values.get(measure.key);
  const wanted = filters.map(({ dimension, value }) => ({ column: columnOf(slice, dimension, days), value }));
  for (let row = 0; row < slice.n; row += 1) {
    const value = values ? values[row] : 1;
    if (value === null || value === undefined) continue;
    if (wanted.every((filter) => filter.column(row).includes(filter.value))) take(row, value);
  }
}

/** @throws Error when the slice was read without it */
export function columnOf(slice: Slice, { key, from, ofTime }: Dimension, days: DayFinder): Column {
  if (from === 'time') {
    const known = new Map<string, readonly string[]>();
    return (row) => {
      const at = slice.at[row] ?? 0;
      const day = days.dayOf(at);
      if (key === 'hour') return [ofTime?.(day, () => days.hourOf(at)) ?? ''];
      let found = known.get(day);
      if (!found) known.set(day, (found = [ofTime?.(day, () => 0) ?? '']));
      return found;
    };
  }
  const column = slice.dimensions.get(key);
  if (!column) {
    if (slice.n === 0) return () => [];
    throw new Error(`the dimension ${key} was not read`);
  }
  const known = new Map<string | number | null, readonly string[]>();
  return (row) => {
    const value = column[row] ?? null;
    let found = known.get(value);
    if (!found) known.set(value, (found = split(value, from === 'tags')));
    return found;
  };
}

function split(value: string | number | null, isList: boolean): readonly string[] {
  if (value === null) return [''];
  return isList ? String(value).split(',') : [String(value)];
}

/** The figure of a cell: how many, how much on average, or the median. Null: there is none. */
export function figureOf({ by }: Pick<Measure, 'by'>, cell: Cell): number | null {
  if (by === 'count') return cell.n;
  return by === 'mean' ? cell.mean : cell.median;
}
