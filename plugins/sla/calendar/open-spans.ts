import type { Calendar, Hours } from './calendar.js';
import { regimesOf } from './zone-offsets.js';

/** In ms since 1970; the end is outside. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
// No clock is further from UTC than this.
const ZONES_MS = 16 * 3_600_000;

const known = new WeakMap<Calendar, Map<number, readonly Stretch[]>>();

/** When a calendar is open between two moments, in order, without overlaps. @param calendar null: around the clock */
export function openSpans(calendar: Calendar | null, from: number, to: number): Stretch[] {
  if (to <= from) return [];
  if (!calendar) return [{ from, to }];
  const spans: Stretch[] = [];
  // A day's hours may end on the next, and its clocks may be ahead or behind.
  for (let day = Math.floor(from / DAY_MS) - 2; day <= Math.floor(to / DAY_MS) + 1; day++)
    spans.push(...spansOfDay(calendar, day));
  return join(spans).flatMap((span) => {
    const cut = { from: Math.max(span.from, from), to: Math.min(span.to, to) };
    return cut.from < cut.to ? [cut] : [];
  });
}

/** @param day of the zone's calendar, counted from 1970-01-01 */
function spansOfDay(calendar: Calendar, day: number): readonly Stretch[] {
  const days = known.get(calendar) ?? new Map<number, readonly Stretch[]>();
  known.set(calendar, days);
  const found = days.get(day);
  if (found) return found;
  const spans = hoursOf(calendar, day).flatMap((hours) => momentsOf(calendar.zone, day, hours));
  days.set(day, spans);
  return spans;
}

function hoursOf({ weekly, holidays }: Calendar, day: number): readonly Hours[] {
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  const holiday = holidays.find((one) => one.date === date);
  // 1970-01-01 was a Thursday.
  const weekday = ((((day + 3) % 7) + 7) % 7) + 1;
  return holiday ? holiday.hours : weekly.filter((one) => one.day === weekday).flatMap(({ hours }) => hours);
}

/** Every moment at which the wall clock shows a time within these hours: none that was skipped, both that came twice. */
function momentsOf(zone: string, day: number, hours: Hours): Stretch[] {
  const wall = { from: day * DAY_MS + hours.from * MINUTE_MS, to: day * DAY_MS + hours.to * MINUTE_MS };
  return regimesOf(zone, wall.from - ZONES_MS, wall.to + ZONES_MS).flatMap((regime) => {
    const from = Math.max(regime.from, wall.from - regime.offset);
    const to = Math.min(regime.to, wall.to - regime.offset);
    return from < to ? [{ from, to }] : [];
  });
}

function join(spans: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && span.from <= last.to)
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else joined.push(span);
  }
  return joined;
}
