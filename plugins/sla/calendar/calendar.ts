import { z } from 'zod';

export const DAY_MINUTES = 1440;

/** Minutes of a day's clock; the end may lie on the next day, up to 2880. The end itself is outside. */
const Hours = z
  .object({ from: z.number().int().min(0).max(1439), to: z.number().int().min(1).max(2880) })
  .refine(({ from, to }) => to > from && to - from <= DAY_MINUTES);
export type Hours = z.infer<typeof Hours>;

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/**
 * When work is done. A moment counts when the clock on the wall of the zone shows a time within some hours; hours
 * belong to the day on which they begin. A holiday replaces the hours that begin on its date.
 */
export const Calendar = z.object({
  id: z.number().int().positive(),
  name: z.string().trim().min(1).max(100),
  /** As IANA names it: `Europe/Moscow`. */
  zone: z.string().refine(isZone),
  /** 1 is Monday. */
  weekly: z.array(z.object({ day: z.number().int().min(1).max(7), hours: z.array(Hours).max(12) })).max(7),
  holidays: z.array(z.object({ date: z.string().regex(DATE), hours: z.array(Hours).max(12) })).max(500),
});
export type Calendar = z.infer<typeof Calendar>;

export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
