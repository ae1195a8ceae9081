import { round, shorten, WIDE, widthsOf, type Viz } from './viz.js';

export interface MatrixRow {
  readonly label: string;
  /** One a column; null: there is none. */
  readonly cells: readonly ({ readonly value: number; readonly text: string } | null)[];
}

const ROW = 34;
const HEAD = 24;
const LABEL = 240;
const NARROW_COLUMNS = 3;

/** A square a cell, the larger its value the fuller; small screens have the first three columns. */
export function drawMatrix(
  rows: readonly MatrixRow[],
  columns: readonly string[],
  wide: number = WIDE,
): Viz[] {
  const values = rows.flatMap(({ cells }) => cells.flatMap((cell) => cell?.value ?? []));
  const top = Math.max(1e-9, ...values);
  return widthsOf(wide).map(({ cls, width }) => {
    const isNarrow = cls === 'narrow';
    const shown = isNarrow ? columns.slice(0, NARROW_COLUMNS) : columns;
    const [left, row] = isNarrow ? [0, ROW + 20] : [LABEL, ROW];
    const step = (width - left) / Math.max(1, shown.length);
    const y = (i: number) => HEAD + i * row + (isNarrow ? 18 : 0);
    const letters = Math.max(2, Math.floor(step / 7));
    return {
      cls,
      width,
      height: HEAD + row * rows.length + 2,
      grid: [],
      lines: [],
      rects: rows.flatMap(({ cells }, i) =>
        shown.flatMap((_, k) => {
          const cell = cells[k];
          const place = { x: round(left + step * k + 1), y: y(i), width: round(step - 2), height: ROW - 4 };
          if (!cell) return [{ ...place, cls: 'fm', opacity: 0.4 }];
          // Never so full that the words in it cannot be read.
          return [
            { ...place, cls: 'f2', opacity: Math.round(8 + (47 * Math.max(0, cell.value)) / top) / 100 },
          ];
        }),
      ),
      texts: [
        ...shown.map((text, k) => ({
          x: round(left + step * (k + 0.5)),
          y: HEAD - 10,
          text: shorten(text, letters),
          anchor: 'middle' as const,
          cls: '',
        })),
        ...rows.flatMap(({ label, cells }, i) => [
          {
            x: 0,
            y: y(i) + (isNarrow ? -5 : 20),
            text: shorten(label, isNarrow ? 44 : 33),
            anchor: 'start' as const,
            cls: 'lab',
          },
          ...shown.flatMap((_, k) => {
            const cell = cells[k];
            if (!cell) return [];
            const x = round(left + step * (k + 0.5));
            return [
              { x, y: y(i) + 20, text: shorten(cell.text, letters), anchor: 'middle' as const, cls: 'lab' },
            ];
          }),
        ]),
      ],
    };
  });
}
