import { expect, it } from 'vitest';
import { workingLength } from './working-length.js';

const t = (_: string, { hours }: Readonly<Record<string, string>>) => `${hours} h`;
const say = (hours: number, minutes = 0) =>
  workingLength(hours * 3600 + minutes * 60, { t, language: 'en' }).replaceAll('\u00a0', ' ');

it.each([
  [0, 45, '45 min'],
  [8, 30, '8 h 30 min'],
  [24, 0, '24 h'],
  [40, 0, '40 h'],
  [60, 15, '60 h 15 min'],
])('%s hours %s minutes of work are %s, whatever a day has', (hours, minutes, words) => {
  expect(say(hours, minutes)).toBe(words);
});
