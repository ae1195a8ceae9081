import { drawAxis, HEIGHT, LEFT } from './draw-axis.js';
import { round, WIDE, widthsOf, type Series, type Viz } from './viz.js';

/** Standing columns along the labels, the series on top of each other, at most five of them. */
export function drawColumns(
  series: readonly Series[],
  {
    labels,
    say,
    wide = WIDE,
  }: { labels: readonly string[]; say: (value: number) => string; wide?: number | undefined },
): Viz[] {
  const sums = labels.map((_, i) => series.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
  return widthsOf(wide).map(({ cls, width }) => {
    const axis = drawAxis({ width, isNarrow: cls === 'narrow' }, { labels, values: sums, say });
    const thick = round(Math.max(2, Math.min(28, axis.step * 0.7)));
    const rects = labels.flatMap((_, i) => {
      let below = 0;
      return series.flatMap(({ values }, k) => {
        const value = values[i] ?? 0;
        if (value <= 0) return [];
        const upper = axis.y(below + value);
        const height = round(Math.max(0.5, axis.y(below) - upper - 1));
        below += value;
        return [
          {
            x: round(LEFT + axis.step * (i + 0.5) - thick / 2),
            y: upper,
            width: thick,
            height,
            cls: `f${(k % 5) + 1}`,
          },
        ];
      });
    });
    return { cls, width, height: HEIGHT, grid: axis.grid, lines: [], rects, texts: axis.texts };
  });
}
