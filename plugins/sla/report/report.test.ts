import { expect, it } from 'vitest';
import { momentsOf, readPeriod } from '../pages/days.js';
import { cut } from '../pages/report-page.js';
import { writeCsv } from './write-csv.js';

it('a period is cut into days, weeks from Monday, months', () => {
  const period = { from: '2026-03-12', to: '2026-04-02' };
  expect(cut({ ...period, to: '2026-03-14' }, 'day')).toHaveLength(3);
  expect(cut(period, 'week')).toEqual([
    { from: '2026-03-12', to: '2026-03-15' },
    { from: '2026-03-16', to: '2026-03-22' },
    { from: '2026-03-23', to: '2026-03-29' },
    { from: '2026-03-30', to: '2026-04-02' },
  ]);
  expect(cut(period, 'month')).toEqual([
    { from: '2026-03-12', to: '2026-03-31' },
    { from: '2026-04-01', to: '2026-04-02' },
  ]);
});

it('a day of a zone is as long as its clocks say', () => {
  const { from, to } = momentsOf({ from: '2026-03-29', to: '2026-03-29' }, 'Europe/Berlin');
  expect((to - from) / 3_600_000).toBe(23);
});

it('a period that is none is the last thirty days; one that is too long is shortened', () => {
  const now = { now: new Date('2026-03-12T23:30:00Z'), timeZone: 'Europe/Moscow' };
  expect(readPeriod({ from: '12.03.26', to: "'" }, now)).toEqual({ from: '2026-02-12', to: '2026-03-13' });
  expect(readPeriod({ from: '2026-03-10', to: '2026-03-01' }, now)).toEqual({
    from: '2026-03-01',
    to: '2026-03-10',
  });
  expect(readPeriod({ from: '1990-01-01', to: '2026-03-01' }, now).to).toBe('2026-03-01');
  expect(readPeriod({ from: '1990-01-01', to: '2026-03-01' }, now).from > '2023').toBe(true);
});

it('CSV runs nothing in a table program', () => {
  expect(
    writeCsv([
      ['=1+1', 'a;b', 'say "x"'],
      ['-', '@x', 'plain'],
    ]),
  ).toBe('\uFEFF\'=1+1;"a;b";"say ""x"""\r\n\'-;\'@x;plain\r\n');
});
