import { round, spread, topOf, type Viz } from './viz.js';

export const LEFT = 64;
export const BOTTOM = 24;
export const TOP = 10;
export const HEIGHT = 220;

/** Four lines of a grid with their values, and the labels below. */
export function drawAxis(
  { width, isNarrow }: { width: number; isNarrow: boolean },
  {
    labels,
    values,
    say,
  }: { labels: readonly string[]; values: readonly number[]; say: (value: number) => string },
): { y: (value: number) => number; step: number; grid: Viz['grid']; texts: Viz['texts'] } {
  const top = topOf(values);
  const y = (value: number) => round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top));
  const step = (width - LEFT) / Math.max(1, labels.length);
  const marks = [0, top / 2, top];
  return {
    y,
    step,
    grid: marks.map((value) => ({ x1: LEFT, x2: width, y: y(value) })),
    texts: [
      ...marks.map((value) => ({
        x: LEFT - 8,
        y: y(value) + 4,
        text: say(value),
        anchor: 'end' as const,
        cls: '',
      })),
      ...spread(labels.length, isNarrow ? 4 : 8).map((i) => ({
        x: round(LEFT + step * (i + 0.5)),
        y: HEIGHT - 6,
        text: labels[i] ?? '',
        anchor: 'middle' as const,
        cls: '',
      })),
    ],
  };
}
