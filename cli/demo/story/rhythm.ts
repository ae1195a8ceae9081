import type { Random } from './random.js';
import { dayMs, hourMs, weekdayOf } from './zone.js';
import type { Zone } from './zone.js';

// Heating decides: October to February are the season.
const byMonth = [1.6, 1.4, 1, 0.75, 0.55, 0.45, 0.45, 0.6, 0.95, 1.5, 1.7, 1.65];
const byWeekday = [0.28, 1.25, 1.15, 1.1, 1.05, 0.95, 0.36];
const byHour = [
  0.12, 0.06, 0.04, 0.03, 0.05, 0.15, 0.4, 0.9, 1.8, 2.6, 2.9, 2.7, 2.2, 2.1, 2.4, 2.3, 2, 1.7, 1.4, 1.3,
  1.25, 1, 0.6, 0.3,
];
const yearlyGrowth = 0.35;
const incidentDays = 12;

export interface Rhythm {
  /** When the bad firmware went out (ms). */
  readonly incidentAt: number;
  /** Moments (ms) of exactly so many tickets, in order. `incident` is the chance that it is about the firmware. */
  arrivals(count: number, random: Random): Generator<{ at: number; incident: number }>;
  /** For a function of a moment, its mean over all tickets. */
  mean(of: (at: number) => number): number;
}

/** How a year of tickets is spread: by season, weekday, hour, growth and one incident. */
export function rhythmOf(zone: Zone, from: number, to: number): Rhythm {
  const incidentAt = findIncident(zone, from, to);
  const hours = Array.from({ length: Math.ceil((to - from) / hourMs) }, (_, hour) => {
    const at = from + hour * hourMs;
    const length = Math.min(hourMs, to - at);
    return { at, length, ...weigh(zone, at, (at - from) / (to - from), incidentAt, length / hourMs) };
  });
  const total = hours.reduce((sum, hour) => sum + hour.weight, 0);

  function* arrivals(count: number, random: Random): Generator<{ at: number; incident: number }> {
    let passed = 0;
    let told = 0;
    for (const { at, length, weight, incident } of hours) {
      passed += weight;
      const due = Math.min(count, Math.round((passed / total) * count));
      const moments = Array.from({ length: due - told }, () => at + Math.floor(random.next() * length));
      for (const moment of moments.toSorted((a, b) => a - b)) yield { at: moment, incident };
      told = due;
    }
  }
  const mean = (of: (at: number) => number) =>
    hours.reduce((sum, hour) => sum + hour.weight * of(hour.at), 0) / total;
  return { incidentAt, arrivals, mean };
}

function weigh(zone: Zone, at: number, progress: number, incidentAt: number, part: number) {
  const local = new Date(zone.toLocal(at));
  const season = byMonth[local.getUTCMonth()] ?? 1;
  const daily = (byWeekday[local.getUTCDay()] ?? 1) * (byHour[local.getUTCHours()] ?? 1);
  const usual = season * daily * (1 + yearlyGrowth * progress);
  const age = (at - incidentAt) / dayMs;
  const burst = age < 0 || age > incidentDays ? 0 : 1.8 * Math.exp(-age / 3);
  return { weight: usual * (1 + burst) * part, incident: burst / (1 + burst) };
}

// The latest second Tuesday of a cold month that is long enough ago to be over.
function findIncident(zone: Zone, from: number, to: number): number {
  for (let at = to - 45 * dayMs; at > from; at -= dayMs) {
    const local = zone.toLocal(at);
    const date = new Date(local);
    const isCold = date.getUTCMonth() >= 10 || date.getUTCMonth() <= 1;
    const isSecond = date.getUTCDate() > 7 && date.getUTCDate() <= 14;
    if (isCold && isSecond && weekdayOf(local) === 2)
      return zone.toUtc(Math.floor(local / dayMs) * dayMs + 3 * hourMs);
  }
  return from;
}
