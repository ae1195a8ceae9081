export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** Wall-clock time of one zone between two moments, from a table of hourly offsets: Intl is too slow to ask often. */
export class Zone {
  readonly #from: number;
  readonly #offsets: Int32Array;

  constructor(timeZone: string, from: number, to: number) {
    this.#from = Math.floor(from / hourMs) * hourMs;
    const clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    this.#offsets = Int32Array.from({ length: Math.ceil((to - this.#from) / hourMs) + 1 }, (_, hour) =>
      offsetAt(clock, this.#from + hour * hourMs),
    );
  }

  /** The wall clock at a moment, as if it were UTC: read it with the getUTC… methods. */
  toLocal(utc: number): number {
    return utc + this.#offset(utc);
  }

  /** The moment when the wall clock says so. */
  toUtc(local: number): number {
    return local - this.#offset(local - this.#offset(local));
  }

  #offset(utc: number): number {
    const hour = Math.floor((utc - this.#from) / hourMs);
    return this.#offsets[Math.min(Math.max(hour, 0), this.#offsets.length - 1)] ?? 0;
  }
}

function offsetAt(clock: Intl.DateTimeFormat, utc: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of clock.formatToParts(utc)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute) - utc;
}

/** 0 is Sunday; of a wall-clock time. */
export function weekdayOf(local: number): number {
  return (Math.floor(local / dayMs) + 4) % 7;
}
