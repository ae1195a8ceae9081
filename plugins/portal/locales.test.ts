import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { categoriesOf } from './requests/standing.js';

function keysOf(language: string): string[] {
  const texts: unknown = JSON.parse(
    readFileSync(new URL(`locales/${language}.json`, import.meta.url), 'utf8'),
  );
  return leaves(texts).map((key) => key.replace(/_(one|few|many|other)$/, ''));
}

const leaves = (value: unknown, at = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, at === '' ? key : `${at}.${key}`))
    : [at];

it('Russian and English say the same', () => {
  expect([...new Set(keysOf('ru'))].toSorted()).toEqual([...new Set(keysOf('en'))].toSorted());
});

it('everything that is named by a key has words', () => {
  const named = [
    ...Object.keys(categoriesOf).map((standing) => `standing.${standing}`),
    ...['all', 'open', 'yours', 'solved'].map((state) => `requests.state.${state}`),
    ...['name', 'timeZone', 'preferredChannel', 'address', 'password'].map((field) => `profile.${field}`),
    ...['subject', 'text', 'type', 'hat', 'line'].map((field) => `new.${field}`),
    'hat.chosen',
    'hat.before',
  ];
  const known = new Set(keysOf('en'));
  expect(named.filter((key) => !known.has(key))).toEqual([]);
});
