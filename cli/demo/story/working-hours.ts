import { dayMs, hourMs, weekdayOf } from './zone.js';
import type { Zone } from './zone.js';

/** From and to, in hours after midnight, by weekday; a day off has none. */
type Week = readonly (readonly [number, number] | undefined)[];

const office: Week = [undefined, [9, 18], [9, 18], [9, 18], [9, 18], [9, 18], undefined];
const onDuty: Week = [undefined, [8, 20], [8, 20], [8, 20], [8, 20], [8, 20], [10, 16]];

/** The moment when so many milliseconds of work have passed since `utc`. */
export function afterWork(zone: Zone, utc: number, workMs: number, isOnDuty = false): number {
  const week = isOnDuty ? onDuty : office;
  let now = zone.toLocal(utc);
  let left = workMs;
  for (;;) {
    const midnight = Math.floor(now / dayMs) * dayMs;
    const hours = week[weekdayOf(now)];
    if (hours) {
      const start = Math.max(now, midnight + hours[0] * hourMs);
      const free = midnight + hours[1] * hourMs - start;
      if (free > left) return Math.max(utc, zone.toUtc(start + left));
      left -= Math.max(0, free);
    }
    now = midnight + dayMs;
  }
}
