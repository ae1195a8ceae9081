import { describe, expect, it } from 'vitest';
import { isInShift, readHours, writeHours } from './shifts.js';

describe('working hours', () => {
  it.each([
    ['9-18', '09:00–18:00'],
    ['14:00–18:30, 9 - 13', '09:00–13:00, 14:00–18:30'],
    ['22-6', '22:00–06:00'],
    ['9-24', '09:00–24:00'],
    ['', ''],
  ])('reads "%s"', (typed, written) => {
    expect(writeHours(readHours(typed) ?? [[0, 1]])).toBe(written);
  });

  it.each([
    '9',
    '9-',
    '25-26',
    '9:60-10',
    '9-9',
    '24-3',
    'nine-ten',
    '1-2,2-3,3-4,4-5,5-6,6-7,7-8',
    '9-10-11',
  ])('reads nothing in "%s"', (typed) => expect(readHours(typed)).toBeUndefined());

  const night = [[], [], [], [[22 * 60, 6 * 60]], [], [], []] as const;
  const days = [[[540, 780], [840, 1080]], [], [], [[540, 1080]], [], [], []] as const; // prettier-ignore
  const thursday = '2026-03-12';

  it.each([
    { shifts: [], at: `${thursday}T03:00Z`, timeZone: 'UTC', is: true },
    { shifts: days, at: `${thursday}T09:00Z`, timeZone: 'UTC', is: true },
    { shifts: days, at: `${thursday}T18:00Z`, timeZone: 'UTC', is: false },
    { shifts: days, at: `${thursday}T14:00Z`, timeZone: 'Asia/Yekaterinburg', is: false },
    { shifts: days, at: `${thursday}T05:00Z`, timeZone: 'Asia/Yekaterinburg', is: true },
    { shifts: days, at: '2026-03-09T13:30Z', timeZone: 'UTC', is: false },
    { shifts: days, at: '2026-03-10T10:00Z', timeZone: 'UTC', is: false },
    { shifts: night, at: `${thursday}T21:59Z`, timeZone: 'UTC', is: false },
    { shifts: night, at: `${thursday}T23:00Z`, timeZone: 'UTC', is: true },
    { shifts: night, at: '2026-03-13T05:59Z', timeZone: 'UTC', is: true },
    { shifts: night, at: '2026-03-13T06:00Z', timeZone: 'UTC', is: false },
  ])('at $at in $timeZone: $is', ({ shifts, at, timeZone, is }) => {
    expect(isInShift(shifts, { at: new Date(at), timeZone })).toBe(is);
  });
});
