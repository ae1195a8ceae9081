import { expect, it } from 'vitest';
import { feminine } from './contacts.js';
import { organizationOf } from './organizations.js';
import { counted } from './plural.js';
import { Random } from './random.js';
import { fill } from './template.js';
import { enNames } from './words/en-names.js';
import { ruNames } from './words/ru-names.js';

it('counts in Russian and in English', () => {
  const days = ['день', 'дня', 'дней'];
  const told = [1, 2, 5, 11, 12, 21, 24, 111].map((count) => counted(count, days, 'ru'));
  expect(told).toEqual(['1 день', '2 дня', '5 дней', '11 дней', '12 дней', '21 день', '24 дня', '111 дней']);
  expect([1, 2].map((count) => counted(count, ['day', 'days'], 'en'))).toEqual(['1 day', '2 days']);
});

it('gives women the feminine form of a surname, where there is one', () => {
  const men = ['Орлов', 'Ковалёв', 'Ильин', 'Новицкий', 'Толстой', 'Белый', 'Шевчук', 'Черных', 'Павленко'];
  const women = [
    'Орлова',
    'Ковалёва',
    'Ильина',
    'Новицкая',
    'Толстая',
    'Белая',
    'Шевчук',
    'Черных',
    'Павленко',
  ];
  expect(men.map(feminine)).toEqual(women);
});

it.each([ruNames, enNames])('never gives two organisations one name or one domain', (names) => {
  const all = Array.from({ length: 2000 }, (_, number) => organizationOf(names, 'en', 1, number));
  expect(new Set(all.map(({ name }) => name)).size).toBe(2000);
  expect(new Set(all.map(({ domain }) => domain)).size).toBe(2000);
});

it('fills slots inside choices and starts sentences with a capital', () => {
  const slots = { words: { who: 'мастер' }, forms: { g: (forms: readonly string[]) => forms[1] ?? '' } };
  expect(fill('[{who} пришёл|{who} пришёл]. {g:он рад|она рада}!', slots, new Random(1))).toBe(
    'Мастер пришёл. Она рада!',
  );
  expect(() => fill('{nobody}', slots, new Random(1))).toThrow('nobody');
});
