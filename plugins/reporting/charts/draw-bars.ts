import { round, shorten, WIDE, widthsOf, type Viz } from './viz.js';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value in words. */
  readonly text: string;
  /** A colour of the theme, f1 when left out. */
  readonly cls?: string;
}

const LABEL = 180;
const LONG_LABEL = 340;
const LONG = 800;
const VALUE = 92;

/** Lying bars, one a row, the label before or above it. */
export function drawBars(bars: readonly Bar[], wide: number = WIDE): Viz[] {
  const top = Math.max(1e-9, ...bars.map(({ value }) => value));
  return widthsOf(wide).map(({ cls, width }) => {
    const isNarrow = cls === 'narrow';
    const label = wide > LONG ? LONG_LABEL : LABEL;
    const [left, row, thick] = isNarrow ? [0, 46, 14] : [label, 36, 20];
    const room = width - left - VALUE;
    const y = (i: number) => i * row + (isNarrow ? 22 : 8);
    return {
      cls,
      width,
      height: row * bars.length + 4,
      grid: [],
      lines: [],
      rects: bars.flatMap(({ value, cls: colour = 'f1' }, i) => [
        { x: left, y: y(i), width: room, height: thick, cls: 'fm' },
        { x: left, y: y(i), width: round(Math.max(2, (room * value) / top)), height: thick, cls: colour },
      ]),
      texts: bars.flatMap(({ label: text, text: value }, i) => [
        {
          x: 0,
          y: isNarrow ? y(i) - 6 : y(i) + 15,
          text: shorten(text, isNarrow ? 44 : Math.floor(label / 7.2)),
          anchor: 'start' as const,
          cls: 'lab',
        },
        { x: width, y: y(i) + (isNarrow ? 12 : 15), text: value, anchor: 'end' as const, cls: 'v' },
      ]),
    };
  });
}
