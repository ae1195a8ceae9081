import { DAY_MINUTES, type Calendar, type Hours } from './calendar.js';

const HOURS = /^([01]?\d|2[0-3]):([0-5]\d)\s*[-–—]\s*([01]?\d|2[0-4]):([0-5]\d)$/;

/** `09:00-13:00, 14:00-18:00` read; over midnight when the end is not later. Null: it says something else. */
export function readHours(text: string): Hours[] | null {
  const hours: Hours[] = [];
  for (const part of text.split(/[,;]/).map((piece) => piece.trim())) {
    if (part === '') continue;
    const [, fromHour, fromMinute, toHour, toMinute] = HOURS.exec(part) ?? [];
    if (fromHour === undefined) return null;
    const from = Number(fromHour) * 60 + Number(fromMinute);
    const to = Number(toHour) * 60 + Number(toMinute);
    if (to > DAY_MINUTES) return null;
    hours.push({ from, to: to > from ? to : to + DAY_MINUTES });
  }
  return hours.length > 12 ? null : hours.toSorted((a, b) => a.from - b.from);
}

export const writeHours = (hours: readonly Hours[]): string =>
  hours.map(({ from, to }) => `${clock(from)}-${clock(to > DAY_MINUTES ? to - DAY_MINUTES : to)}`).join(', ');

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** A line a holiday: its date, behind it the hours if it is not closed. Null: some line says something else. */
export function readHolidays(text: string): Calendar['holidays'] | null {
  const holidays = new Map<string, Hours[]>();
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const [, date = '', rest = ''] = /^(\d{4}-\d{2}-\d{2})(?:\s+(.*))?$/.exec(line) ?? [];
    const hours = readHours(rest);
    if (!isDate(date) || !hours) return null;
    holidays.set(date, hours);
  }
  return [...holidays]
    .map(([date, hours]) => ({ date, hours }))
    .toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

export const writeHolidays = (holidays: Calendar['holidays']): string =>
  holidays.map(({ date, hours }) => `${date} ${writeHours(hours)}`.trim()).join('\n');

const isDate = (text: string) => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};
