import { calendarDay } from '@helpdesk/core';
import { addDays, hourOf, startOfDay } from './calendar.js';
import type { Period } from './period.js';

/** Says to which calendar day of a zone a moment belongs. */
export interface DayFinder {
  dayOf(ms: number): string;
  /** By the wall clock, 0 to 23. */
  hourOf(ms: number): number;
}

const HOUR_MS = 3_600_000;

/** Quick for the days of a period, right for all others. */
export function findDays({ from, to }: Pick<Period, 'from' | 'to'>, timeZone: string): DayFinder {
  const days: string[] = [];
  const starts: number[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    days.push(day);
    starts.push(Date.parse(startOfDay(day, timeZone)));
  }
  const end = Date.parse(startOfDay(addDays(to, 1), timeZone));
  const hours = new Map<number, number>();
  return {
    dayOf(ms) {
      if (ms < (starts[0] ?? end) || ms >= end) return calendarDay(new Date(ms).toISOString(), { timeZone });
      let [low, high] = [0, starts.length - 1];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= ms) low = middle;
        else high = middle - 1;
      }
      return days[low] ?? '';
    },
    // Zones differ from UTC by quarters of an hour.
    hourOf(ms) {
      const quarter = Math.floor(ms / (HOUR_MS / 4));
      const known = hours.get(quarter) ?? hourOf(new Date(ms).toISOString(), timeZone);
      hours.set(quarter, known);
      return known;
    },
  };
}
