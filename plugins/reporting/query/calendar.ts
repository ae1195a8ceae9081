import { calendarDay } from '@helpdesk/core';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const hours = new Map<string, Intl.DateTimeFormat>();

const starts = new Map<string, string>();
const STARTS_MOST = 10_000;

/** The first moment of a calendar day in a zone, ISO text; right where clocks are changed, at midnight too. */
export function startOfDay(day: string, timeZone: string): string {
  const key = `${day} ${timeZone}`;
  const known = starts.get(key) ?? searchStart(day, timeZone);
  if (starts.size >= STARTS_MOST) starts.clear();
  starts.set(key, known);
  return known;
}

function searchStart(day: string, timeZone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // Zones lie between 14 hours before and 12 behind UTC.
  let [before, after] = [midnight - 15 * HOUR_MS, midnight + 13 * HOUR_MS];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (calendarDay(new Date(middle).toISOString(), { timeZone }) < day) before = middle;
    else after = middle;
  }
  return new Date(after).toISOString();
}

/** A day so many days later; calendar days have no zone. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Days from the first to the last, both counted. */
export const countDays = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1;

/** Monday is 1, Sunday 7. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The Monday of a day's week. */
export const weekOf = (day: string): string => addDays(day, 1 - weekdayOf(day));

/** The hour by the wall clock, 0 to 23. */
export function hourOf(iso: string, timeZone: string): number {
  const format =
    hours.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' });
  hours.set(timeZone, format);
  return Number(format.format(new Date(iso)));
}

export type Bucket = 'day' | 'week' | 'month';

/** The bucket of a calendar day: the day itself, its Monday, or its month as 2026-03. */
export function bucketOf(day: string, bucket: Bucket): string {
  if (bucket === 'day') return day;
  return bucket === 'week' ? weekOf(day) : day.slice(0, 7);
}

/** Every bucket of a period in order, empty ones too. */
export function listBuckets({ from, to }: { from: string; to: string }, bucket: Bucket): string[] {
  const buckets = new Set<string>();
  for (let day = from; day <= to; day = addDays(day, 1)) buckets.add(bucketOf(day, bucket));
  return [...buckets];
}
