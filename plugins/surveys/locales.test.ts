import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { KINDS, scoresOf } from './kinds/kind.js';
import { WEEKDAYS } from './settings.js';
import { groupNames } from './report/filters.js';
import { TRIGGERS } from './surveys/survey.js';

const keysOf = (language: string) =>
  ['customer', 'settings', 'report'].flatMap((part) => {
    const file = new URL(`locales/${language}.${part}.json`, import.meta.url);
    const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    return Object.keys(texts).map((key) => key.replace(/_(one|few|many|other)$/, ''));
  });

it('Russian and English say the same', () => {
  expect([...new Set(keysOf('ru'))].toSorted()).toEqual([...new Set(keysOf('en'))].toSorted());
});

it('everything that is named by a key has words', () => {
  const named = [
    ...KINDS.flatMap((kind) => [
      `kind.${kind}`,
      `kind.${kind}.short`,
      `${kind}.question`,
      `measure.${kind}`,
      `how.${kind}`,
    ]),
    ...scoresOf('csat').map((score) => `csat.${score}`),
    ...(['nps', 'ces'] as const).flatMap((kind) => [`${kind}.low`, `${kind}.high`]),
    ...TRIGGERS.map((trigger) => `when.${trigger}`),
    ...groupNames.map((group) => `by.${group}`),
    ...WEEKDAYS.map((day) => `setting.workDays.${day}`),
    ...['waiting', 'sent', 'cancelled', 'skipped'].map((state) => `state.${state}`),
    ...['off', 'reopened', 'late', 'undecided', 'unsubscribed', 'automatic', 'noAddress', 'fatigue'].map(
      (reason) => `reason.${reason}`,
    ),
  ].map((key) => `surveys.${key}`);
  const known = new Set(keysOf('en'));
  expect(named.filter((key) => !known.has(key))).toEqual([]);
});
