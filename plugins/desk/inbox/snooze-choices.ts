import { calendarDay } from '@helpdesk/core';
import { startOfDay } from './start-of-day.js';

export const snoozeNames = ['hours', 'tomorrow', 'week'] as const;
export type SnoozeName = (typeof snoozeNames)[number];
export interface SnoozeChoice {
  readonly value: SnoozeName;
  /** When the ticket comes back, ISO text. */
  readonly at: string;
}

const HOUR_MS = 3_600_000;
const MORNING = 9;

/** Until when tickets are put aside in one click: two hours, nine tomorrow, nine on Monday, by the reader's clock. */
export function snoozeChoices({ now, timeZone }: { now: Date; timeZone: string }): SnoozeChoice[] {
  const today = calendarDay(now.toISOString(), { timeZone });
  const weekday = new Date(`${today}T12:00:00Z`).getUTCDay();
  return [
    { value: 'hours', at: new Date(now.getTime() + 2 * HOUR_MS).toISOString() },
    { value: 'tomorrow', at: morning(today, 1, timeZone) },
    { value: 'week', at: morning(today, weekday === 0 ? 1 : 8 - weekday, timeZone) },
  ];
}

function morning(day: string, days: number, timeZone: string): string {
  return startOfDay(day, days, timeZone, MORNING);
}
