import type { DeskContext } from '@helpdesk/core';
import { scaleOf, type Kind } from '../kinds/kind.js';
import { TRIGGERS } from '../surveys/survey.js';
import type { Choice, Names } from './names.js';
import type { Typed } from './survey-form.js';

interface Shown {
  readonly typed: Typed;
  readonly problems: Readonly<Record<string, string>>;
  readonly kind: Kind;
  readonly names: Names;
}
type Say = Pick<DeskContext, 't'>['t'];
type Field = Readonly<Record<string, unknown>>;
type Makers = ReturnType<typeof makersOf>;

/** The form of a survey in four parts: what is asked, when, whom, what follows. */
export function presentForm({ t }: Pick<DeskContext, 't'>, shown: Shown) {
  const make = makersOf(t, shown);
  const parts = {
    what: whatIsAsked(t, make),
    when: whenItIsAsked(t, make),
    whom: whoIsAsked(t, make, shown.names),
    then: whatFollows(t, make, shown.kind),
  };
  return {
    parts: Object.entries(parts).map(([key, fields]) => ({
      id: `part-${key}`,
      title: t(`surveys.part.${key}`),
      fields,
    })),
    errors: Object.entries(shown.problems).map(([name, key]) => ({
      id: `f-${name}`,
      label: t(`surveys.field.${name}`),
      message: t(key),
    })),
  };
}

/** How a field of each sort is made from what was typed and what is wrong with it. */
function makersOf(t: Say, { typed, problems }: Shown) {
  const one = (name: string) => String(typed[name] ?? '');
  const field = (name: string, more: object = {}): Field => ({
    name,
    label: t(`surveys.field.${name}`),
    value: one(name),
    error: problems[name] && t(problems[name]),
    ...more,
  });
  return {
    field,
    text: (name: string, more: object = {}) => field(name, { required: true, maxlength: 200, ...more }),
    number: (name: string, [min, max]: readonly [number, number], more: object = {}) =>
      field(name, { kind: 'number', min, max, ...more }),
    select: (name: string, values: readonly string[], key: string) =>
      field(name, {
        kind: 'select',
        options: values.map((value) => ({
          value,
          label: t(`${key}.${value}`, { n: 'N' }),
          selected: one(name) === value,
        })),
      }),
    /** Nothing where there is nothing to choose from. */
    checks(name: string, choices: readonly Choice[]): Field[] {
      const chosen = [typed[name] ?? []].flat();
      const options = choices.map((choice) => ({ ...choice, selected: chosen.includes(choice.value) }));
      const hint = t('surveys.field.none.hint');
      return options.length === 0 ? [] : [field(name, { kind: 'multiselect', hint, options })];
    },
  };
}

const whatIsAsked = (t: Say, { text }: Makers): Field[] => [
  text('name', { maxlength: 100, hint: t('surveys.field.name.hint') }),
  text('questionRu'),
  text('questionEn'),
  text('thanksRu', { kind: 'textarea', rows: 2, maxlength: 1000 }),
  text('thanksEn', { kind: 'textarea', rows: 2, maxlength: 1000 }),
];

const whenItIsAsked = (t: Say, { number, select }: Makers): Field[] => [
  select('trigger', TRIGGERS, 'surveys.when'),
  number('replies', [1, 50], { hint: t('surveys.field.replies.hint') }),
  number('delayHours', [0, 720], { unit: t('surveys.unit.hours') }),
  select('delayKind', ['calendar', 'business'], 'surveys.delayKind'),
  number('validDays', [1, 90], { unit: t('surveys.unit.days') }),
];

const whoIsAsked = (t: Say, { checks }: Makers, { lines, types, segments }: Names): Field[] => [
  ...checks('lineIds', lines),
  ...checks('types', types),
  ...checks('segmentIds', segments),
  ...checks(
    'languages',
    ['ru', 'en'].map((value) => ({ value, label: t(`surveys.language.${value}`) })),
  ),
];

function whatFollows(t: Say, { field, number }: Makers, kind: Kind): Field[] {
  const { min, max } = scaleOf(kind);
  const yesOrNo = (name: string) => field(name, { kind: 'boolean', hint: t(`surveys.field.${name}.hint`) });
  return [
    number('threshold', [min, max - 1], { hint: t('surveys.field.threshold.hint') }),
    yesOrNo('isAlerting'),
    yesOrNo('opensFollowUp'),
  ];
}
