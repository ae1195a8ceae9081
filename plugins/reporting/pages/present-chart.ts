import { drawBars } from '../charts/draw-bars.js';
import { drawColumns } from '../charts/draw-columns.js';
import { drawLines, LINE_FILLS } from '../charts/draw-lines.js';
import type { Series, Viz } from '../charts/viz.js';

export interface TableRow {
  readonly head: string;
  readonly href?: string | undefined;
  readonly cells: readonly { readonly text: string; readonly href?: string | undefined }[];
}
export interface ChartWords {
  readonly id: string;
  /** What it comes to. */
  readonly title: string;
  /** What is shown, and in what. */
  readonly sub: string;
  readonly span?: 12 | 7 | 5;
  /** Words above the first column of the table. */
  readonly first: string;
}

/** How wide a chart of so many columns stands. */
const wideOf = ({ span = 7 }: ChartWords): number => ({ 12: 1060, 7: 640, 5: 440 })[span];

interface Along {
  readonly series: readonly Series[];
  readonly labels: readonly string[];
  /** The labels in the table, when they are longer there. */
  readonly rows?: readonly string[];
  readonly say: (value: number | null) => string;
  readonly href?: (row: number, column: number) => string | undefined;
}

/** Series along time, with their table. */
export function presentAlong(words: ChartWords, kind: 'lines' | 'columns', along: Along) {
  const { series, labels, say } = along;
  const how = { labels, say, wide: wideOf(words) };
  const pictures: Viz[] = kind === 'lines' ? drawLines(series, how) : drawColumns(series, how);
  const fill = (k: number) => (kind === 'lines' ? LINE_FILLS[k % 3] : `f${(k % 5) + 1}`);
  return {
    ...words,
    pictures,
    isEmpty: series.every(({ values }) => values.every((value) => !value)),
    legend: series.length > 1 ? series.map(({ name }, k) => ({ cls: fill(k), name })) : [],
    table: {
      caption: words.title,
      head: [words.first, ...series.map(({ name }) => name)],
      rows: (along.rows ?? labels).map((head, i) => ({
        head,
        cells: series.map(({ values }, k) => ({ text: say(values[i] ?? null), href: along.href?.(i, k) })),
      })),
    },
  };
}

export interface BarRow {
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly cls?: string;
  readonly href?: string | undefined;
  /** Further cells of the table. */
  readonly more?: readonly string[];
}

const BARS_MOST = 12;

/** Bars in their order, the first twelve drawn, all of them in the table. */
export function presentBars(
  words: ChartWords,
  { bars, head }: { bars: readonly BarRow[]; head: readonly string[] },
) {
  return {
    ...words,
    pictures: drawBars(bars.slice(0, BARS_MOST), wideOf(words)),
    isEmpty: bars.length === 0,
    legend: [],
    table: {
      caption: words.title,
      head: [words.first, ...head],
      rows: bars.map(({ label, text, href, more = [] }) => ({
        head: label,
        cells: [{ text, href }, ...more.map((cell) => ({ text: cell }))],
      })),
    },
  };
}
