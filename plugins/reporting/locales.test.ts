import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { DIMENSIONS } from './query/dimensions.js';
import { MEASURES } from './query/measures.js';

const textsOf = (language: string) =>
  JSON.parse(readFileSync(new URL(`locales/${language}.json`, import.meta.url), 'utf8')) as Record<
    string,
    string
  >;
const keysOf = (language: string) =>
  Object.keys(textsOf(language)).map((key) => key.replace(/_(one|few|many|other)$/, ''));

it('Russian and English say the same', () => {
  expect([...new Set(keysOf('ru'))].toSorted()).toEqual([...new Set(keysOf('en'))].toSorted());
});

it('every plural has the forms of its language', () => {
  for (const [language, forms] of [
    ['en', ['one', 'other']],
    ['ru', ['few', 'many', 'one', 'other']],
  ] as const) {
    const byKey = new Map<string, string[]>();
    for (const key of Object.keys(textsOf(language))) {
      const [, name = '', form = ''] = /^(.*)_(one|few|many|other)$/.exec(key) ?? [];
      if (name) byKey.set(name, [...(byKey.get(name) ?? []), form].toSorted());
    }
    for (const [name, found] of byKey) expect([name, found]).toEqual([name, forms]);
  }
});

it('every measure and dimension has words', () => {
  const known = new Set(keysOf('en'));
  const named = [
    ...MEASURES.flatMap(({ label }) => [label, `${label}.hint`]),
    ...DIMENSIONS.map(({ label }) => label),
  ];
  expect(named.filter((key) => !known.has(key))).toEqual([]);
});

it('the documentation lists every measure and dimension, and no other', () => {
  const page = readFileSync(new URL('../../docs/run/reporting.md', import.meta.url), 'utf8');
  const listed = (title: string) => {
    const part = page.split(`## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
    return [...part.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key);
  };
  expect(listed('Measures')).toEqual(MEASURES.map(({ key }) => key));
  expect(listed('Dimensions')).toEqual(DIMENSIONS.map(({ key }) => key));
});
