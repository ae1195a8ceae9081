/** Minutes since midnight; an end that is not after the beginning is on the next day. */
export type Interval = readonly [from: number, to: number];
/** Seven days, Monday first; empty: at work at any time. */
export type Shifts = readonly (readonly Interval[])[];

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const CLOCK = /^(\d{1,2})(?::(\d{2}))?$/;
const DAY = 24 * 60;
const MOST = 6;

/** Reads the hours of a day as people write them: "9-13, 14:00–18:00". @returns undefined for what is none */
export function readHours(text: string): Interval[] | undefined {
  const parts = text.split(/[,;]/).map((part) => part.trim()).filter(Boolean); // prettier-ignore
  const found = parts.map(readInterval);
  const whole = found.every((one) => one !== undefined) && found.length <= MOST;
  return whole ? found.toSorted(([a], [b]) => a - b) : undefined;
}

function readInterval(text: string): Interval | undefined {
  const [from, to, ...more] = text.split(/\s*[-–—]\s*/).map(readClock);
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  return from === DAY || from === to ? undefined : [from, to];
}

function readClock(text: string): number | undefined {
  const [, hours, minutes = '0'] = CLOCK.exec(text) ?? [];
  if (hours === undefined || Number(minutes) > 59) return undefined;
  const at = Number(hours) * 60 + Number(minutes);
  return at <= DAY ? at : undefined;
}

/** "09:00–13:00, 14:00–18:00" */
export const writeHours = (hours: readonly Interval[]): string =>
  hours.map(([from, to]) => `${clock(from)}–${clock(to)}`).join(', ');

const clock = (at: number) =>
  `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;

/** Whether somebody is at work at a moment, by the clock on the wall of their zone. */
export function isInShift(shifts: Shifts, { at, timeZone }: { at: Date; timeZone: string }): boolean {
  if (shifts.every((hours) => hours.length === 0)) return true;
  const { day, minute } = wallClock(at, timeZone);
  const today = shifts[day] ?? [];
  const yesterday = shifts[(day + 6) % 7] ?? [];
  return (
    today.some(([from, to]) => minute >= from && (to <= from || minute < to)) ||
    yesterday.some(([from, to]) => to <= from && minute < to)
  );
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(at: Date, timeZone: string): { day: number; minute: number } {
  let format = clocks.get(timeZone);
  if (!format) {
    const parts = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    format = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone });
    clocks.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const day = WEEKDAYS.findIndex((name) => name === parts['weekday']?.toLowerCase());
  return { day, minute: Number(parts['hour']) * 60 + Number(parts['minute']) };
}
