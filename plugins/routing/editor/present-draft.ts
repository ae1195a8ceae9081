import {
  BARE,
  kindOf,
  OPERATORS,
  SEGMENT_FIELDS,
  TICKET_FIELDS,
  type FieldKind,
  type Operator,
} from '../conditions/fields.js';
import { ACTIONS, EVENT_TRIGGERS, STRATEGIES, TIMER_TRIGGERS, type Action } from '../rules/definition.js';
import { choicesOf, type Choice, type Say } from '../words/choices.js';
import type { Names } from '../words/names.js';
import { PLACES } from '../run/fill-template.js';
import type { Problems } from './check-draft.js';
import { UNITS, type DraftAction, type DraftConditions, type DraftTrigger, type RuleDraft } from './draft.js';

const PLACES_SAID = PLACES.map((place) => `{{${place}}}`).join(', ');

interface Parts {
  readonly t: Say;
  readonly names: Names;
  readonly problems: Problems;
}

/** A rule as `routing/rule-form` prints it. */
export function presentRule(draft: RuleDraft, parts: Parts): Record<string, unknown> {
  const { t, problems } = parts;
  return {
    name: { value: draft.name, error: said(parts, 'name') },
    triggers: draft.triggers.map((trigger, i) => presentTrigger(trigger, i, parts)),
    newTriggers: {
      error: said(parts, 'new.trigger'),
      events: worded(t, 'routing.trigger', EVENT_TRIGGERS),
      timers: worded(t, 'routing.trigger', TIMER_TRIGGERS),
    },
    ...presentConditions(draft.conditions, { ...parts, fields: Object.keys(TICKET_FIELDS) }),
    actions: draft.actions.map((action, i) => presentAction(action, i, parts)),
    newActions: { error: said(parts, 'new.action'), options: worded(t, 'routing.action', ACTIONS) },
    stop: draft.stop,
    errors: [...problems].map(([name, key]) => ({
      id: idOf(name),
      label: labelOf(name, parts),
      message: t(key),
    })),
  };
}

/** Groups of conditions as `routing/conditions` prints them. */
export function presentConditions(
  { match, groups }: DraftConditions,
  parts: Parts & { fields: readonly string[] },
): Record<string, unknown> {
  const { t } = parts;
  return {
    match,
    isAny: match === 'any',
    hasSeveral: groups.length > 1,
    groups: groups.map((group, g) => ({
      g,
      number: g + 1,
      isFirst: g === 0,
      isAny: group.match === 'any',
      joined: t(`routing.join.${match}`),
      conditions: group.conditions.map((condition, c) =>
        presentCondition(condition, { name: `g.${g}.c.${c}`, place: `${g}.${c}`, parts }),
      ),
      fields: parts.fields.map((value) => ({ value, label: t(`routing.field.${value}`) })),
    })),
  };
}

export const segmentFields = (about: string): string[] =>
  Object.keys(SEGMENT_FIELDS).filter((field) =>
    about === 'contact' ? field !== 'organization.members' : !/^(contact|hat)\./.test(field),
  );

function presentCondition(
  { field, op, values }: DraftConditions['groups'][number]['conditions'][number],
  { name, place, parts }: { name: string; place: string; parts: Parts },
): Record<string, unknown> {
  const { t } = parts;
  const kind = kindOf(field) ?? 'text';
  const value = values[0] ?? '';
  return {
    name,
    id: idOf(name),
    place,
    field,
    label: t(`routing.field.${field}`),
    operators: OPERATORS[kind].map((one) => ({
      value: one,
      label: t(`routing.op.${one}`),
      selected: one === op,
    })),
    hasValue: kind !== 'flag',
    isBare: BARE.includes(op as Operator),
    ...controlOf(kind, { field, value, values, parts }),
    error: said(parts, `${name}.v`),
    hint: hintOf(kind, field, t),
  };
}

function controlOf(
  kind: FieldKind,
  { field, value, values, parts }: { field: string; value: string; values: readonly string[]; parts: Parts },
): Record<string, unknown> {
  if (kind === 'choice')
    return { isChoice: true, options: chosen(withStored(choicesOf(field, parts), values), values) };
  if (kind === 'number') return { isNumber: true, value };
  return { isText: true, value };
}

function hintOf(kind: FieldKind, field: string, t: Say): string | undefined {
  if (kind === 'text' || kind === 'tags') return t('routing.editor.several');
  if (kind === 'clock') return t('routing.editor.clock');
  const unit = { 'ticket.waiting': 'minutes', 'ticket.age': 'hours' }[field];
  return unit && t(`routing.unit.${unit}`);
}

function presentTrigger({ on, every, unit }: DraftTrigger, i: number, parts: Parts): Record<string, unknown> {
  const { t } = parts;
  const isTimer = TIMER_TRIGGERS.some((known) => known === on);
  return {
    name: `t.${i}`,
    id: idOf(`t.${i}`),
    place: i,
    on,
    label: t(`routing.trigger.${on}`),
    isTimer,
    every,
    units: Object.keys(UNITS).map((value) => ({
      value,
      label: t(`routing.unit.${value}`),
      selected: value === unit,
    })),
    error: said(parts, `t.${i}.every`),
  };
}

function presentAction({ kind, value, team }: DraftAction, i: number, parts: Parts): Record<string, unknown> {
  const { t, names } = parts;
  const name = `a.${i}`;
  const none = (key: string) => ({ value: 'none', label: t(key) });
  const choices: Partial<Record<Action['kind'], readonly Choice[]>> = {
    team: [
      { value: 'segment', label: t('routing.action.team.segment') },
      ...names.teams,
      none('routing.none'),
    ],
    agent: [...names.agents, none('routing.action.agent.nobody')],
    assign: worded(t, 'routing.strategy', STRATEGIES),
    priority: ['4', '3', '2', '1'].map((one) => ({ value: one, label: t(`routing.priority.${one}`) })),
    type: [...names.types, none('routing.none')],
    status: names.statuses.filter(({ category }) => category !== 'new' && category !== 'closed'),
    reply: names.replies,
  };
  const options = choices[kind as Action['kind']];
  const isLong = kind === 'note' || kind === 'acknowledge';
  return {
    name,
    id: idOf(name),
    place: i,
    isFirst: i === 0,
    kind,
    label: t(`routing.action.${kind}`),
    value,
    isText: !options && !isLong,
    isLong,
    hint: kind === 'acknowledge' ? t('routing.editor.places', { places: PLACES_SAID }) : undefined,
    options:
      options &&
      chosen(withStored([{ value: '', label: t('routing.editor.choose') }, ...options], [value]), [value]),
    teams:
      kind === 'assign'
        ? chosen([none('routing.action.assign.own'), ...names.teams], [team || 'none'])
        : undefined,
    error: said(parts, `${name}.v`),
  };
}

/** What was chosen once and is there no more stays to be seen. */
const withStored = (choices: readonly Choice[], values: readonly string[]): Choice[] => [
  ...choices,
  ...values
    .filter((value) => value !== '' && !choices.some((one) => one.value === value))
    .map((value) => ({ value, label: `#${value}` })),
];
const chosen = (choices: readonly Choice[], values: readonly string[]) =>
  choices.map((choice) => ({ ...choice, selected: values.includes(choice.value) }));
const worded = (t: Say, prefix: string, values: readonly string[]): Choice[] =>
  values.map((value) => ({ value, label: t(`${prefix}.${value}`) }));

export const idOf = (name: string) => `f-${name.replaceAll('.', '-')}`;

function said({ t, problems }: Parts, name: string): string | undefined {
  const key = problems.get(name);
  return key && t(key);
}

function labelOf(name: string, { t }: Parts): string {
  if (name === 'name') return t('routing.editor.name');
  const part =
    name.startsWith('t.') || name === 'new.trigger' ? 'when' : name.startsWith('g.') ? 'if' : 'then';
  return t(`routing.editor.${part}`);
}
