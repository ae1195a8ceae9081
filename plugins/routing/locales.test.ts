import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { OPERATORS, SEGMENT_FIELDS, TICKET_FIELDS } from './conditions/fields.js';
import { ACTIONS, EVENT_TRIGGERS, STRATEGIES, TIMER_TRIGGERS } from './rules/definition.js';

const keysOf = (language: string) =>
  ['rules', 'segments', 'editor'].flatMap((part) => {
    const file = new URL(`locales/${language}.${part}.json`, import.meta.url);
    const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
    return Object.keys(texts).map((key) => key.replace(/_(one|few|many|other)$/, ''));
  });

it('Russian and English say the same', () => {
  expect([...new Set(keysOf('ru'))].toSorted()).toEqual([...new Set(keysOf('en'))].toSorted());
});

it('everything that a rule can name has words', () => {
  const named = [
    ...Object.keys({ ...TICKET_FIELDS, ...SEGMENT_FIELDS }).map((field) => `field.${field}`),
    ...Object.values(OPERATORS).flatMap((ops) => ops.map((op) => `op.${op}`)),
    ...[...EVENT_TRIGGERS, ...TIMER_TRIGGERS].map((on) => `trigger.${on}`),
    ...TIMER_TRIGGERS.map((on) => `trigger.${on}.for`),
    ...ACTIONS.flatMap((kind) => [`action.${kind}`, `action.${kind}.said`]),
    ...STRATEGIES.map((strategy) => `strategy.${strategy}`),
    ...['started', 'done', 'missed', 'cut', 'unchanged', 'refused', 'skipped', 'changed', 'notTried'].map(
      (outcome) => `outcome.${outcome}`,
    ),
  ].map((key) => `routing.${key}`);
  const known = new Set(keysOf('en'));
  expect(named.filter((key) => !known.has(key))).toEqual([]);
});
