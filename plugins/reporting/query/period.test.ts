import { describe, expect, it } from 'vitest';
import { addDays, hourOf, listBuckets, startOfDay, weekOf } from './calendar.js';
import { lastDays, makePeriod, periodBefore, readPeriod } from './period.js';

describe('days', () => {
  it('begin when the wall clock says so, in summer and in winter', () => {
    expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
    expect(startOfDay('2026-03-30', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z');
    expect(startOfDay('2026-03-12', 'Asia/Yekaterinburg')).toBe('2026-03-11T19:00:00.000Z');
    expect(startOfDay('2026-03-12', 'Pacific/Kiritimati')).toBe('2026-03-11T10:00:00.000Z');
    expect(startOfDay('2026-03-12', 'Pacific/Niue')).toBe('2026-03-12T11:00:00.000Z');
  });

  it('begin at one where midnight is skipped', () => {
    // Santiago goes from 24:00 to 01:00.
    expect(startOfDay('2026-09-06', 'America/Santiago')).toBe('2026-09-06T04:00:00.000Z');
  });

  it('have 23 hours where an hour is skipped', () => {
    const { start, end } = makePeriod('2026-03-29', '2026-03-29', 'Europe/Berlin');
    expect(Date.parse(end) - Date.parse(start)).toBe(23 * 3_600_000);
  });

  it('are of weeks that begin on Monday', () => {
    expect(weekOf('2026-03-15')).toBe('2026-03-09');
    expect(weekOf('2026-03-09')).toBe('2026-03-09');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(hourOf('2026-03-29T01:30:00Z', 'Europe/Berlin')).toBe(3);
  });

  it('fill every bucket', () => {
    expect(listBuckets({ from: '2026-01-30', to: '2026-03-01' }, 'month')).toEqual([
      '2026-01',
      '2026-02',
      '2026-03',
    ]);
    expect(listBuckets({ from: '2026-03-08', to: '2026-03-10' }, 'week')).toEqual([
      '2026-03-02',
      '2026-03-09',
    ]);
  });
});

describe('periods', () => {
  const at = { now: new Date('2026-03-12T22:30:00Z'), timeZone: 'Europe/Moscow' };

  it('end with today of the company', () => {
    expect(lastDays(7, at)).toMatchObject({ from: '2026-03-07', to: '2026-03-13' });
  });

  it('are compared with as many days before', () => {
    expect(periodBefore(lastDays(7, at), at.timeZone)).toMatchObject({
      from: '2026-02-28',
      to: '2026-03-06',
      end: lastDays(7, at).start,
    });
  });

  it('take nonsense for nothing', () => {
    const queries: Record<string, string>[] = [
      { days: '-1' },
      { from: '2026-02-31', to: '2026-03-01' },
      { from: "'", to: '1' },
      {},
    ];
    for (const query of queries) expect(readPeriod(query, at)).toMatchObject({ days: 30, to: '2026-03-13' });
    expect(readPeriod({ from: '2026-03-05', to: '2026-03-01' }, at)).toMatchObject({
      from: '2026-03-01',
      days: null,
    });
    expect(readPeriod({ from: '1980-01-01', to: '2026-03-01' }, at).from).toBe('2016-02-23');
  });
});
