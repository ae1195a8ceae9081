import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const keysOf = (texts: object, before = ''): string[] =>
  Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? keysOf(value, `${before}${key}.`) : [`${before}${key}`],
  );
const [en, ru] = ['en', 'ru'].map((language) =>
  keysOf(JSON.parse(read(`locales/${language}.json`)) as object),
);

it('Russian and English say the same', () => {
  expect(ru).toEqual(en);
});

it('everything that the window says has words', () => {
  const said = [...read('visit/widget-texts.ts').matchAll(/^ {2}'(\w+)',$/gm)].map(
    ([, key]) => `widget.${key}`,
  );
  expect(said.length).toBeGreaterThan(20);
  expect(said.filter((key) => !en?.includes(key))).toEqual([]);
});
