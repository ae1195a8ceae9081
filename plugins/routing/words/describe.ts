import { formatDuration } from '@helpdesk/core';
import type { Condition, Conditions } from '../conditions/condition.js';
import type { Seen } from '../conditions/evaluate.js';
import { BARE } from '../conditions/fields.js';
import { isTimer, type Action, type Definition, type Trigger } from '../rules/definition.js';
import { labelOf, type Say } from './choices.js';
import type { Names } from './names.js';

export interface Words {
  readonly t: Say;
  readonly names: Names;
  readonly language: 'ru' | 'en';
}

export function describeTrigger(trigger: Trigger, { t, language }: Pick<Words, 't' | 'language'>): string {
  if (!isTimer(trigger)) return t(`routing.trigger.${trigger.on}`);
  const span = formatDuration(trigger.minutes * 60, { language });
  return t(`routing.trigger.${trigger.on}.for`, { span });
}

/** "Segment: is one of A, B". */
export function describeCondition({ field, op, values }: Condition, words: Words): string {
  const { t } = words;
  const said = `${t(`routing.field.${field}`)}: ${t(`routing.op.${op}`)}`;
  if (BARE.includes(op)) return said;
  return `${said} ${values.map((value) => quoteOf({ field, op, value }, words)).join(', ')}`;
}

function quoteOf({ field, op, value }: { field: string; op: string; value: string }, words: Words): string {
  const label = labelOf(field, value, words);
  return ['contains', 'lacks', 'equals', 'begins'].includes(op)
    ? words.t('routing.quoted', { text: label })
    : label;
}

/** What was seen, in words. */
export function describeSeen(field: string, seen: Seen, words: Words): string {
  const { t } = words;
  if (seen === null || seen === '') return t('routing.seen.nothing');
  if (typeof seen === 'boolean') return t(seen ? 'routing.seen.yes' : 'routing.seen.no');
  if (typeof seen === 'number') return String(seen);
  if (typeof seen === 'string') return labelOf(field, seen, words).replaceAll('\n', ', ');
  return seen.length === 0 ? t('routing.seen.nothing') : seen.join(', ');
}

export function describeAction(action: Action, { t, names }: Words): string {
  const say = (values: Readonly<Record<string, unknown>>, kind: string = action.kind) =>
    t(`routing.action.${kind}.said`, values);
  const nameOf = (list: readonly { value: string; label: string }[], value: string | number) =>
    list.find((one) => one.value === String(value))?.label ?? `#${value}`;
  switch (action.kind) {
    case 'team':
      if (action.teamId === 'segment') return t('routing.action.team.segment');
      return say({ team: action.teamId === null ? t('routing.none') : nameOf(names.teams, action.teamId) });
    case 'agent':
      if (action.agentId === null) return say({ agent: t('routing.action.agent.nobody') });
      return say({ agent: names.anyAgent.get(action.agentId) ?? `#${action.agentId}` });
    case 'assign': {
      const strategy = t(`routing.strategy.${action.strategy}`);
      if (action.strategy === 'manager') return strategy;
      const team =
        action.teamId === null ? t('routing.action.assign.own') : nameOf(names.teams, action.teamId);
      return say({ strategy, team });
    }
    case 'priority':
      return say({ priority: t(`routing.priority.${action.priority}`) });
    case 'type':
      return say({ type: action.type === null ? t('routing.none') : nameOf(names.types, action.type) });
    case 'tag':
    case 'untag':
      return say({ tag: action.tag });
    case 'status':
      return say({ status: nameOf(names.statuses, action.status) });
    case 'note':
    case 'acknowledge':
      return say({ text: action.text.length > 80 ? `${action.text.slice(0, 80)}…` : action.text });
    case 'reply':
      return say({ title: nameOf(names.replies, action.savedReplyId) });
  }
}

/** A whole rule as lines, so that two versions can be laid side by side. */
export function describeRule(definition: Definition, words: Words): string[] {
  const { t } = words;
  return [
    t('routing.line.name', { name: definition.name }),
    ...definition.triggers.map((trigger) =>
      t('routing.line.trigger', { text: describeTrigger(trigger, words) }),
    ),
    ...describeConditions(definition.conditions, words),
    ...definition.actions.map((action, i) =>
      t('routing.line.action', { number: i + 1, text: describeAction(action, words) }),
    ),
    ...(definition.stop ? [t('routing.line.stop')] : []),
  ];
}

export function describeConditions({ match, groups }: Conditions, words: Words): string[] {
  const { t } = words;
  if (groups.length === 0) return [t('routing.line.always')];
  return groups.flatMap((group, i) => [
    ...(i > 0 ? [t(`routing.join.${match}`)] : []),
    ...group.conditions.map(
      (condition, n) =>
        `${n > 0 ? `${t(`routing.join.${group.match}`)} ` : ''}${describeCondition(condition, words)}`,
    ),
  ]);
}
