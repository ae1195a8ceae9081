import { expect, it } from 'vitest';
import { addBusinessHours } from './business-hours.js';

const workDays = ['mon', 'tue', 'wed', 'thu', 'fri'];
const hours = { workFrom: 9, workTo: 18, workDays, timeZone: 'UTC' };
const add = (at: string, n: number, more: Partial<typeof hours> = {}) =>
  addBusinessHours(new Date(at), n, { ...hours, ...more })
    .toISOString()
    .slice(0, 16);

// 12 March 2026 is a Thursday.
it.each([
  { at: '2026-03-12T09:00:00Z', n: 4, is: '2026-03-12T13:00' },
  { at: '2026-03-12T16:20:00Z', n: 4, is: '2026-03-13T11:20' },
  { at: '2026-03-13T17:00:00Z', n: 4, is: '2026-03-16T12:00' },
  { at: '2026-03-14T12:00:00Z', n: 1, is: '2026-03-16T10:00' },
  { at: '2026-03-12T03:00:00Z', n: 0, is: '2026-03-12T09:00' },
  { at: '2026-03-12T09:00:00Z', n: 45, is: '2026-03-18T18:00' },
])('$n business hours after $at', ({ at, n, is }) => {
  expect(add(at, n)).toBe(is);
});

it('counts by the clock of the company, summer time included', () => {
  expect(add('2026-03-12T09:00:00Z', 1, { timeZone: 'Asia/Yekaterinburg' })).toBe('2026-03-12T10:00');
  expect(add('2026-03-12T03:00:00Z', 1, { timeZone: 'Asia/Yekaterinburg' })).toBe('2026-03-12T05:00');
  // Berlin is an hour ahead on Friday, two on Monday.
  expect(add('2026-03-27T16:00:00Z', 2, { timeZone: 'Europe/Berlin' })).toBe('2026-03-30T08:00');
});

it('a company that is never at work waits by the calendar', () => {
  expect(add('2026-03-14T12:00:00Z', 2, { workDays: [] })).toBe('2026-03-14T14:00');
  expect(add('2026-03-14T12:00:00Z', 2, { workFrom: 18, workTo: 9 })).toBe('2026-03-14T14:00');
});
