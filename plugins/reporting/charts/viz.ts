/** A picture as shapes in its own units; `views/partials/viz.hbs` prints it. Classes are those of the theme. */
export interface Viz {
  /** `wide` is left out on small screens, `narrow` on others. */
  readonly cls: 'wide' | 'narrow';
  readonly width: number;
  readonly height: number;
  readonly grid: readonly { readonly x1: number; readonly x2: number; readonly y: number }[];
  readonly rects: readonly {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly cls: string;
    /** How full it is, 0 to 1; 1 when left out. */
    readonly opacity?: number;
  }[];
  readonly lines: readonly { readonly points: string; readonly cls: string }[];
  readonly texts: readonly {
    readonly x: number;
    readonly y: number;
    readonly text: string;
    readonly anchor: 'start' | 'middle' | 'end';
    readonly cls: string;
  }[];
}

/** Numbers of one kind along the same labels. */
export interface Series {
  readonly name: string;
  /** Null: there is none, the line breaks. */
  readonly values: readonly (number | null)[];
}

/** The pictures of a chart, each as wide as it stands on its page, so that letters keep their size. */
export const widthsOf = (wide: number) =>
  [
    { cls: 'wide', width: wide },
    { cls: 'narrow', width: 330 },
  ] as const;

/** Where nothing is said: seven columns of twelve. */
export const WIDE = 640;

export const round = (n: number): number => Math.round(n * 10) / 10;

/** A round number at or above the largest value, for the top of an axis: 1, 2 or 5 with zeros. */
export function topOf(values: readonly number[]): number {
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  if (largest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(largest));
  return ([1, 2, 5, 10].find((step) => step * power >= largest) ?? 10) * power;
}

/** Which labels are printed, so that they do not run into each other. */
export function spread(count: number, most: number): number[] {
  const step = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step);
}

/** A text cut to some signs. */
export const shorten = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;
