import { describe, expect, it } from 'vitest';
import { isTimeZone, timeZoneOptions } from './time-zones.js';

const winter = new Date('2026-01-15T12:00:00Z');
const summer = new Date('2026-07-15T12:00:00Z');
const labelOf = (value: string, language: 'ru' | 'en', now = winter) =>
  timeZoneOptions({ language, now }).find((option) => option.value === value)?.label;

describe('time zones to choose from', () => {
  it('are cities in the language of the reader with their offset', () => {
    expect(labelOf('Asia/Yekaterinburg', 'ru')).toBe('Екатеринбург, UTC+5');
    expect(labelOf('Asia/Yekaterinburg', 'en')).toBe('Yekaterinburg, UTC+5');
    expect(labelOf('America/New_York', 'ru')).toBe('Нью-Йорк, UTC-5');
    expect(labelOf('America/New_York', 'en')).toBe('New York, UTC-5');
    expect(labelOf('Asia/Kathmandu', 'en') ?? labelOf('Asia/Katmandu', 'en')).toContain('UTC+5:45');
    expect(labelOf('UTC', 'ru')).toBe('UTC');
  });

  it('name the city too where the language says the country', () => {
    expect(labelOf('Europe/Berlin', 'ru')).toBe('Германия (Berlin), UTC+1');
  });

  it('follow summer time', () => {
    expect(labelOf('Europe/Berlin', 'en', winter)).toBe('Berlin, UTC+1');
    expect(labelOf('Europe/Berlin', 'en', summer)).toBe('Berlin, UTC+2');
  });

  it.each(['ru', 'en'] as const)('are each offered once, under different words, by name (%s)', (language) => {
    const options = timeZoneOptions({ language, now: winter });
    const labels = options.map(({ label }) => label);
    expect(options.length).toBeGreaterThan(400);
    expect(new Set(options.map(({ value }) => value)).size).toBe(options.length);
    expect(labels.filter((label, i) => labels.indexOf(label) !== i)).toEqual([]);
    expect(labels).toEqual(labels.toSorted(new Intl.Collator(language).compare));
    expect(options.filter(({ value }) => !isTimeZone(value))).toEqual([]);
  });

  it('offer what is stored under an older name, and nothing that is no zone', () => {
    const reader = { language: 'en', now: winter } as const;
    const known = new Set(timeZoneOptions(reader).map(({ value }) => value));
    const older = ['Asia/Kolkata', 'Asia/Calcutta'].find((name) => !known.has(name)) ?? '';
    expect(timeZoneOptions(reader, older)[0]?.value).toBe(older);
    expect(timeZoneOptions(reader, 'Mars/Base')).toHaveLength(known.size);
    expect(timeZoneOptions(reader, 'UTC')).toHaveLength(known.size);
  });
});
