const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A time in which the clocks of a zone run evenly. All in ms; the end is outside. */
export interface Regime {
  readonly from: number;
  readonly to: number;
  /** How far the clocks are ahead of UTC. */
  readonly offset: number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, readonly Regime[]>();
const KNOWN_MOST = 2000;

/** The regimes that some moments fall into, in their order; the outer ones may reach further. */
export function regimesOf(zone: string, from: number, to: number): Regime[] {
  const years: Regime[] = [];
  for (let year = new Date(from).getUTCFullYear(); year <= new Date(to).getUTCFullYear(); year++)
    years.push(...regimesOfYear(zone, year));
  return years.filter((regime) => regime.to > from && regime.from < to);
}

function regimesOfYear(zone: string, year: number): readonly Regime[] {
  const key = `${zone} ${year}`;
  const found = known.get(key);
  if (found) return found;
  const end = Date.UTC(year + 1, 0, 1);
  const regimes: Regime[] = [];
  let from = Date.UTC(year, 0, 1);
  let offset = aheadOfUtc(from, zone);
  // No zone changes its clocks twice within a day.
  for (let at = from; at < end; at += DAY_MS) {
    const later = Math.min(at + DAY_MS, end);
    if (aheadOfUtc(later - 1000, zone) === offset && aheadOfUtc(later, zone) === offset) continue;
    const jump = jumpBetween(zone, at, later);
    if (jump >= end) continue;
    regimes.push({ from, to: jump, offset });
    from = jump;
    offset = aheadOfUtc(jump, zone);
  }
  regimes.push({ from, to: end, offset });
  if (known.size >= KNOWN_MOST) known.clear();
  known.set(key, regimes);
  return regimes;
}

/** The first second with another offset than `low` has. */
function jumpBetween(zone: string, low: number, high: number): number {
  const offset = aheadOfUtc(low, zone);
  let [before, after] = [low / 1000, high / 1000];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (aheadOfUtc(middle * 1000, zone) === offset) before = middle;
    else after = middle;
  }
  return after * 1000;
}

/** How far the clocks of a zone are ahead of UTC, in ms. */
export function aheadOfUtc(at: number, zone: string): number {
  const parts = clockOf(zone).formatToParts(at);
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
