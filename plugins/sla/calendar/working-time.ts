import type { Calendar } from './calendar.js';
import { openSpans } from './open-spans.js';

const DAY_MS = 86_400_000;
const FURTHEST_MS = 5 * 366 * DAY_MS;

/** Working time between two moments, in ms. @param calendar null: around the clock */
export const workingTime = (calendar: Calendar | null, from: number, to: number): number =>
  openSpans(calendar, from, to).reduce((sum, span) => sum + span.to - span.from, 0);

/** The first moment by which that much working time has passed; null: not within five years. */
export function addWorkingTime(calendar: Calendar | null, from: number, ms: number): number | null {
  if (ms <= 0) return from;
  let left = ms;
  let days = 7;
  for (let at = from; at < from + FURTHEST_MS;) {
    const until = at + days * DAY_MS;
    for (const span of openSpans(calendar, at, until)) {
      if (span.to - span.from >= left) return span.from + left;
      left -= span.to - span.from;
    }
    at = until;
    days = Math.min(days * 2, 366);
  }
  return null;
}
