import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LIFE_EVENTS } from './clock/life.js';

const keysOf = (language: string) =>
  ['policies', 'clocks', 'report'].flatMap((part) => {
    const file = new URL(`locales/${language}.${part}.json`, import.meta.url);
    const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    return Object.keys(texts).map((key) => key.replace(/_(one|few|many|other)$/, ''));
  });

it('Russian and English say the same', () => {
  expect([...new Set(keysOf('ru'))].toSorted()).toEqual([...new Set(keysOf('en'))].toSorted());
});

it('every event that can change a norm, and every pause, has words', () => {
  const named = [
    ...LIFE_EVENTS.map((name) => `because.${name.replace('.', '-')}`),
    'because.rules',
    ...['counted', 'closed', 'customer', 'other', 'snoozed', 'hand', 'solved', 'norm'].map(
      (why) => `span.${why}`,
    ),
    ...['running', 'paused', 'met', 'missed', 'none', 'over'].map((state) => `state.${state}`),
  ].map((key) => `sla.${key}`);
  const known = new Set(keysOf('en'));
  expect(named.filter((key) => !known.has(key))).toEqual([]);
});
