import { WEEKDAYS } from '../settings.js';

/** When a company is at work, by the clock on its wall. */
export interface BusinessHours {
  readonly workFrom: number;
  readonly workTo: number;
  readonly workDays: readonly string[];
  /** IANA name. */
  readonly timeZone: string;
}

const HOUR_MS = 3_600_000;
// Every zone's clock is off by a multiple of it.
const STEP_MS = HOUR_MS / 4;
const LONGEST_STEPS = 4 * 24 * 366;

/** A moment so many business hours later; one that begins outside of them begins with the next. */
export function addBusinessHours(at: Date, hours: number, when: BusinessHours): Date {
  // Without a single hour of work there is nothing to wait for.
  if (when.workDays.length === 0 || when.workFrom >= when.workTo) return addHours(at, hours);
  let left = hours * HOUR_MS;
  let now = at.getTime();
  for (let steps = 0; steps < LONGEST_STEPS; steps += 1) {
    const end = (Math.floor(now / STEP_MS) + 1) * STEP_MS;
    if (isAtWork(new Date(now), when)) {
      if (left <= end - now) return new Date(now + left);
      left -= end - now;
    }
    now = end;
  }
  return new Date(now);
}

export const addHours = (at: Date, hours: number): Date => new Date(at.getTime() + hours * HOUR_MS);

function isAtWork(at: Date, { workFrom, workTo, workDays, timeZone }: BusinessHours): boolean {
  const { weekday, hour } = wallClock(at, timeZone);
  return workDays.includes(weekday) && hour >= workFrom && hour < workTo;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(at: Date, timeZone: string): { weekday: string; hour: number } {
  let format = clocks.get(timeZone);
  if (!format) {
    const parts = { weekday: 'short', hour: '2-digit', hourCycle: 'h23' } as const;
    format = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone });
    clocks.set(timeZone, format);
  }
  const parts = format.formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  const name = part('weekday').toLowerCase();
  return { weekday: WEEKDAYS.find((day) => day === name) ?? 'mon', hour: Number(part('hour')) };
}
