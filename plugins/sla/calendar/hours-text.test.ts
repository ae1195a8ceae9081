import { expect, it } from 'vitest';
import { readHolidays, readHours, writeHolidays, writeHours } from './hours-text.js';

it('hours are read and written, several a day, over midnight, the whole day', () => {
  for (const text of ['09:00-13:00, 14:00-18:00', '22:00-06:00', '00:00-24:00', ''])
    expect(writeHours(readHours(text) ?? [])).toBe(text);
  expect(readHours('9:00 – 18:30')).toEqual([{ from: 540, to: 1110 }]);
});

it('what says something else is refused', () => {
  for (const text of ['nine', '09:00', '09:60-10:00', '25:00-26:00', '09:00-24:30'])
    expect(readHours(text)).toBe(null);
  for (const text of ['2026-02-30', '01.01.2026', '2026-01-01 early']) expect(readHolidays(text)).toBe(null);
});

it('holidays are closed or have hours of their own; the last word on a date counts', () => {
  const text = '2026-05-08 09:00-16:00\n2026-01-01\n\n2026-05-08 09:00-15:00';
  expect(writeHolidays(readHolidays(text) ?? [])).toBe('2026-01-01\n2026-05-08 09:00-15:00');
});
