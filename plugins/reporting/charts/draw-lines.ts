import { drawAxis, HEIGHT, LEFT } from './draw-axis.js';
import { round, WIDE, widthsOf, type Series, type Viz } from './viz.js';

/** Lines along the labels, at most three; a point that stands alone is a dot. */
export function drawLines(
  series: readonly Series[],
  {
    labels,
    say,
    wide = WIDE,
  }: { labels: readonly string[]; say: (value: number) => string; wide?: number | undefined },
): Viz[] {
  const values = series.flatMap((one) => one.values.flatMap((value) => value ?? []));
  return widthsOf(wide).map(({ cls, width }) => {
    const axis = drawAxis({ width, isNarrow: cls === 'narrow' }, { labels, values, say });
    const x = (i: number) => round(LEFT + axis.step * (i + 0.5));
    const runs = series.flatMap((one, k) => runsOf(one.values).map((run) => ({ run, k })));
    return {
      cls,
      width,
      height: HEIGHT,
      grid: axis.grid,
      texts: axis.texts,
      lines: runs
        .filter(({ run }) => run.length > 1)
        .map(({ run, k }) => ({
          points: run.map(({ i, value }) => `${x(i)},${axis.y(value)}`).join(' '),
          cls: `l${(k % 3) + 1}`,
        })),
      rects: runs
        .filter(({ run }) => run.length === 1)
        .flatMap(({ run, k }) =>
          run.map(({ i, value }) => ({
            x: x(i) - 2,
            y: axis.y(value) - 2,
            width: 4,
            height: 4,
            cls: LINE_FILLS[k % 3] ?? 'f1',
          })),
        ),
    };
  });
}

/** The fills in the colours of the lines. */
export const LINE_FILLS = ['f1', 'f2', 'f4'] as const;

function runsOf(values: readonly (number | null)[]): { i: number; value: number }[][] {
  const runs: { i: number; value: number }[][] = [];
  let run: { i: number; value: number }[] = [];
  for (const [i, value] of values.entries()) {
    if (value !== null) run.push({ i, value });
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return run.length > 0 ? [...runs, run] : runs;
}
