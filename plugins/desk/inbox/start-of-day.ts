const HOUR_MS = 3_600_000;
const clocks = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, string>();

/**
 * When a day begins on the clocks of a zone, or an hour of it, ISO text.
 * @param day calendar day: 2026-03-12
 * @param days added to it
 */
export function startOfDay(day: string, days: number, timeZone: string, hour = 0): string {
  const key = `${day} ${days} ${hour} ${timeZone}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const start = momentOf(Date.parse(`${day}T00:00:00Z`) + (days * 24 + hour) * HOUR_MS, timeZone);
  if (known.size >= 1000) known.clear();
  known.set(key, start);
  return start;
}

/** When the clocks of a zone show a time, ISO text. @param wanted that time, in ms, as if it were UTC's */
export function momentOf(wanted: number, timeZone: string): string {
  // Once more with the first answer: between the two the clocks may have been put forward or back.
  const near = wanted - aheadOfUtc(wanted, timeZone);
  return new Date(wanted - aheadOfUtc(near, timeZone)).toISOString();
}

/** How far the clocks of a zone are ahead of UTC, in ms. */
function aheadOfUtc(at: number, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(at);
  const part = (type: string) => Number(parts.find((piece) => piece.type === type)?.value);
  const day = Date.UTC(part('year'), part('month') - 1, part('day'));
  const clock = day + part('hour') * HOUR_MS + part('minute') * 60_000 + part('second') * 1000;
  return clock - Math.floor(at / 1000) * 1000;
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const found = clocks.get(timeZone);
  if (found) return found;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(timeZone, made);
  return made;
}
