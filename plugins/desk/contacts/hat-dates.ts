import { calendarDay, type DeskContext } from '@helpdesk/core';
import { startOfDay } from '../inbox/start-of-day.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A calendar day as a date field sends it; false for what is none. */
export const isDay = (text: string): boolean =>
  text === '' ||
  (DAY.test(text) &&
    new Date(`${text}T00:00Z`).toJSON()?.slice(0, 10) === text &&
    text >= '1900' &&
    text < '2200');

type Zone = Pick<DeskContext, 'timeZone'>;

/** When the first day of a hat begins, ISO text. */
export const beginOf = (day: string, { timeZone }: Zone): string => startOfDay(day, 0, timeZone);
/** A hat is worn to the end of its last day: it ends as the next one begins. */
export const endOf = (day: string, { timeZone }: Zone): string => startOfDay(day, 1, timeZone);

export const firstDay = (validFrom: string, { timeZone }: Zone): string =>
  calendarDay(validFrom, { timeZone });
/** The last day on which a hat is worn. @param validTo the first moment after it */
export const lastDay = (validTo: string, zone: Zone): string => calendarDay(lastMoment(validTo), zone);
export const lastMoment = (validTo: string): string => new Date(Date.parse(validTo) - 1).toISOString();
