import { describe, expect, it } from 'vitest';

import { formatBytes, formatDuration, formatNumber } from './format-numbers.js';
import { calendarDay, formatDate, formatFullTime, formatTime } from './format-times.js';

const en = { language: 'en', timeZone: 'Asia/Yekaterinburg', now: '2026-03-12T09:35:00.000Z' };
const ru = { ...en, language: 'ru' };

describe('times', () => {
  it('are as short as the day allows', () => {
    expect(formatTime('2026-03-12T09:10:00.000Z', en)).toBe('14:10');
    expect(formatTime('2026-03-11T09:10:00.000Z', en)).toBe('Wed');
    expect(formatTime('2026-03-06T09:10:00.000Z', en)).toBe('Fri');
    expect(formatTime('2026-03-05T09:10:00.000Z', en)).toBe('5 Mar');
    expect(formatTime('2025-03-09T09:10:00.000Z', en)).toBe('9 Mar 2025');
    expect(formatTime('2026-03-05T09:10:00.000Z', ru)).toBe('5 мар');
    expect(formatTime('2025-03-09T09:10:00.000Z', ru)).toBe('9 мар 2025');
  });

  it('have their clock when they are still to come', () => {
    expect(formatTime('2026-03-13T04:00:00.000Z', ru)).toBe('пт 09:00');
    expect(formatTime('2026-03-23T04:00:00.000Z', en)).toBe('23 Mar 09:00');
  });

  it('follow the day of the reader, not of the server', () => {
    expect(formatTime('2026-03-11T19:30:00.000Z', en)).toBe('00:30');
    expect(formatTime('2026-03-11T19:30:00.000Z', { ...en, timeZone: 'UTC' })).toBe('Wed');
    expect(calendarDay('2026-03-11T19:30:00.000Z', en)).toBe('2026-03-12');
  });

  it('say everything in a title', () => {
    expect(formatFullTime('2026-03-12T09:10:00.000Z', en)).toBe('Thursday, 12 March 2026 at 14:10 GMT+5');
    expect(formatFullTime('2026-03-12T09:10:00.000Z', ru)).toBe('Четверг, 12 марта 2026 в 14:10 GMT+5');
  });

  it('print nothing for what is not a time', () => {
    expect(formatTime('yesterday', en)).toBe('');
    expect(formatDate('', en)).toBe('');
  });
});

describe('dates', () => {
  it('name the year only when it is another one', () => {
    expect(formatDate('2026-03-12T09:10:00.000Z', { ...ru, weekday: true })).toBe('Четверг, 12 марта');
    expect(formatDate('2025-03-12T09:10:00.000Z', ru)).toBe('12 марта 2025');
    expect(formatDate('2026-03-12T09:10:00.000Z', en)).toBe('12 March');
  });
});

describe('numbers', () => {
  it('are written as the language does', () => {
    expect(formatNumber(4.56, { language: 'ru', digits: 1 })).toBe('4,6');
    expect(formatNumber(0.86, { language: 'en', style: 'percent' })).toBe('86%');
    expect(formatNumber(0.86, { language: 'ru', style: 'percent' })).toBe('86\u00a0%');
  });

  it('count bytes and seconds in words', () => {
    expect(formatBytes(86_016, { language: 'en' })).toBe('84\u00a0KB');
    expect(formatBytes(1_258_291, { language: 'ru' })).toBe('1,2\u00a0МБ');
    expect(formatBytes(12, { language: 'ru' })).toBe('12\u00a0Б');
    expect(formatDuration(258, { language: 'en' })).toBe('4\u00a0min 18\u00a0s');
    expect(formatDuration(4200, { language: 'ru' })).toBe('1\u00a0ч 10\u00a0мин');
    expect(formatDuration(86_405, { language: 'en' })).toBe('1\u00a0d');
    expect(formatDuration(0, { language: 'en' })).toBe('0\u00a0s');
  });
});
