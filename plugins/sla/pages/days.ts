import { calendarDay } from '@helpdesk/core';
import { aheadOfUtc } from '../calendar/zone-offsets.js';

const DAY_MS = 86_400_000;

/** When a day begins on the clocks of a zone, in ms. @param day 2026-03-12 */
export function startOfDay(day: string, zone: string): number {
  const wall = Date.parse(`${day}T00:00:00Z`);
  // Once more with the first answer: between the two the clocks may have been put forward or back.
  return wall - aheadOfUtc(wall - aheadOfUtc(wall, zone), zone);
}

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

export interface Period {
  /** Calendar days; both are part of it. */
  readonly from: string;
  readonly to: string;
}

const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

/** What was asked for, else the last 30 days; never more than two years. */
export function readPeriod(
  asked: { from?: string | undefined; to?: string | undefined },
  { now, timeZone }: { now: Date; timeZone: string },
): Period {
  const today = calendarDay(now.toISOString(), { timeZone });
  const to = isDay(asked.to) ? asked.to : today;
  const from = isDay(asked.from) ? asked.from : addDays(to, -29);
  if (from > to) return { from: to, to: from };
  return addDays(from, 731) < to ? { from: addDays(to, -731), to } : { from, to };
}

/** In ms; the end is outside. */
export const momentsOf = ({ from, to }: Period, zone: string) => ({
  from: startOfDay(from, zone),
  to: startOfDay(addDays(to, 1), zone),
});
