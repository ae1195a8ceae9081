import { calendarDay, type DeskContext } from '@helpdesk/core';
import { momentOf, startOfDay } from '../inbox/start-of-day.js';

export interface SnoozeChoice {
  readonly value: string;
  readonly label: string;
  readonly at: string;
}

const HOUR_MS = 3_600_000;
const MORNING = 9;

/** Times that people mean, each shown exactly: in two hours, tomorrow morning, Monday morning, in a week. */
export function snoozeChoices({
  t,
  now,
  timeZone,
}: Pick<DeskContext, 't' | 'now' | 'timeZone'>): SnoozeChoice[] {
  const today = calendarDay(now.toISOString(), { timeZone });
  const weekday = new Date(`${today}T00:00Z`).getUTCDay();
  const toMonday = weekday === 0 ? 1 : 8 - weekday;
  const morning = (days: number) => startOfDay(today, days, timeZone, MORNING);
  const choices: [string, string][] = [
    ['hours', new Date(now.getTime() + 2 * HOUR_MS).toISOString()],
    ['tomorrow', morning(1)],
    ['monday', morning(toMonday)],
    ['week', morning(7)],
  ];
  return choices.map(([key, at]) => ({ value: at, label: t(`desk.ticket.snooze.${key}`), at }));
}

/** A date and time as a reader typed it, in his zone. @returns undefined for what is none */
export function localTime(text: string, timeZone: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return undefined;
  const asUtc = Date.parse(`${text}:00Z`);
  return Number.isNaN(asUtc) ? undefined : new Date(momentOf(asUtc, timeZone));
}
