import { calendarDay } from '@helpdesk/core';
import { addDays, countDays, startOfDay, type Bucket } from './calendar.js';

/** Whole calendar days of the company, both counted. */
export interface Period {
  /** 2026-03-01 */
  readonly from: string;
  readonly to: string;
  /** Its first moment, and the first one after it; ISO text. */
  readonly start: string;
  readonly end: string;
}

export const PERIOD_DAYS = [7, 30, 90, 365] as const;
const BY_DEFAULT = 30;
const LONGEST_DAYS = 3660;

/** The period between two days; longer ones are cut to ten years. */
export function makePeriod(from: string, to: string, timeZone: string): Period {
  const [first, last] = from <= to ? [from, to] : [to, from];
  const start = countDays(first, last) > LONGEST_DAYS ? addDays(last, 1 - LONGEST_DAYS) : first;
  return {
    from: start,
    to: last,
    start: startOfDay(start, timeZone),
    end: startOfDay(addDays(last, 1), timeZone),
  };
}

/** The last so many days, today with them. */
export function lastDays(days: number, { now, timeZone }: { now: Date; timeZone: string }): Period {
  const today = calendarDay(now.toISOString(), { timeZone });
  return makePeriod(addDays(today, 1 - days), today, timeZone);
}

/** As many days right before. */
export function periodBefore({ from, to }: Period, timeZone: string): Period {
  const days = countDays(from, to);
  return makePeriod(addDays(from, -days), addDays(from, -1), timeZone);
}

/** What an address asks for: `from` and `to`, else `days`, else 30 days. Nonsense counts as left out. */
export function readPeriod(
  query: Readonly<Record<string, string>>,
  at: { now: Date; timeZone: string },
): Period & { readonly days: number | null } {
  const { from = '', to = '' } = query;
  if (isDay(from) && isDay(to)) return { ...makePeriod(from, to, at.timeZone), days: null };
  const days = PERIOD_DAYS.find((one) => String(one) === query['days']) ?? BY_DEFAULT;
  return { ...lastDays(days, at), days };
}

const isDay = (text: string): boolean => {
  if (!/^(19|20)\d\d-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** So that a chart has some dozen columns. */
export function bucketFor({ from, to }: Period): Bucket {
  const days = countDays(from, to);
  if (days <= 31) return 'day';
  return days <= 190 ? 'week' : 'month';
}

export const isWithin = (at: string | null, { start, end }: Pick<Period, 'start' | 'end'>): boolean =>
  at !== null && at >= start && at < end;
