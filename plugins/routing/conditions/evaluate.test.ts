import { describe, expect, it } from 'vitest';
import { problemOf } from './condition.js';
import { evaluate, type Seen } from './evaluate.js';
import { ALL_OPERATORS, BARE, OPERATORS, SEGMENT_FIELDS, TICKET_FIELDS, type Operator } from './fields.js';

const held = (op: Operator, values: string[], seen: Seen) =>
  evaluate(
    { match: 'all', groups: [{ match: 'all', conditions: [{ field: 'ticket.subject', op, values }] }] },
    { 'ticket.subject': seen },
  ).holds;

describe('a condition', () => {
  it.each<[Operator, string[], Seen, boolean]>([
    ['contains', ['boiler'], 'My BOILER', true],
    ['contains', ['котёл; бойлер'], 'Бойлер течёт', true],
    ['contains', ['котел'], 'Котёл', true],
    ['contains', ['boiler'], null, false],
    ['lacks', ['boiler'], 'An invoice', true],
    ['lacks', ['boiler'], null, true],
    ['equals', ['ann@a.example'], 'bob@b.example\nann@a.example', true],
    ['equals', ['ann'], 'ann@a.example', false],
    ['begins', ['+7'], 'ann@a.example\n+79991234567', true],
    ['begins', ['+1'], '+79991234567', false],
    ['empty', [], '', true],
    ['empty', [], null, true],
    ['filled', [], 'x', true],
    ['in', ['1', '2'], '2', true],
    ['in', ['none'], null, true],
    ['in', ['1'], null, false],
    ['notIn', ['1'], null, true],
    ['notIn', ['1'], '1', false],
    ['hasAny', ['VIP; heat'], ['Heat'], true],
    ['hasAny', ['vip'], [], false],
    ['hasNone', ['vip'], ['heat'], true],
    ['atLeast', ['60'], 60, true],
    ['atLeast', ['60'], 59, false],
    ['atLeast', ['60'], null, false],
    ['atMost', ['3'], 3, true],
    ['yes', [], true, true],
    ['yes', [], null, false],
    ['no', [], false, true],
    ['within', ['09:00-18:00'], '09:00', true],
    ['within', ['09:00-18:00'], '18:00', false],
    ['within', ['22:00-06:00'], '23:30', true],
    ['within', ['22:00-06:00'], '05:59', true],
    ['outside', ['22:00-06:00'], '12:00', true],
  ])('%s %j, seen %j: %s', (op, values, seen, holds) => {
    expect(held(op, values, seen)).toBe(holds);
  });

  it('of every operator is among those above', () => {
    expect(ALL_OPERATORS).toHaveLength(16);
    expect(Object.keys(OPERATORS)).toHaveLength(6);
  });

  it.each([
    [{ field: 'ticket.subject', op: 'contains', values: ['x'] }, undefined],
    [{ field: 'ticket.subject', op: 'in', values: ['x'] }, 'routing.problem.field'],
    [{ field: 'constructor', op: 'contains', values: ['x'] }, 'routing.problem.field'],
    [{ field: 'ticket.subject', op: 'contains', values: [' '] }, 'routing.problem.value'],
    [{ field: 'ticket.line', op: 'in', values: [] }, 'routing.problem.value'],
    [{ field: 'ticket.waiting', op: 'atLeast', values: ['1.5'] }, 'routing.problem.number'],
    [{ field: 'time.clock', op: 'within', values: ['9-18'] }, 'routing.problem.clock'],
    [{ field: 'contact.isNew', op: 'yes', values: [] }, undefined],
  ])('%j is told to be wrong: %s', (condition, problem) => {
    expect(problemOf(condition as never)).toBe(problem);
  });

  it('that compares with nothing needs no value', () => {
    expect(BARE).toEqual(['empty', 'filled', 'yes', 'no']);
  });
});

describe('groups', () => {
  const group = (match: 'all' | 'any', ...values: boolean[]) => ({
    match,
    conditions: values.map((value) => ({
      field: 'message.isAutomatic',
      op: value ? ('yes' as const) : ('no' as const),
      values: [],
    })),
  });
  const facts = { 'message.isAutomatic': true };
  it.each([
    ['all', [], true],
    ['any', [], true],
    ['all', [group('any', false, true), group('all', true, true)], true],
    ['all', [group('any', false, true), group('all', true, false)], false],
    ['any', [group('any', false, false), group('all', true)], true],
    ['any', [group('any', false), group('all', false)], false],
  ] as const)('joined by %s: %#', (match, groups, holds) => {
    expect(evaluate({ match, groups }, facts).holds).toBe(holds);
  });

  it('are looked at to the end, so that every condition can be shown', () => {
    const verdict = evaluate({ match: 'all', groups: [group('all', false, true)] }, facts);
    expect(verdict.groups[0]?.conditions.map(({ holds }) => holds)).toEqual([false, true]);
  });
});

it('a trace keeps of a long letter the place that was found, not the letter', () => {
  const seen = `${'a '.repeat(3000)}the boiler leaks ${'b '.repeat(3000)}`;
  const { groups } = evaluate(
    {
      match: 'all',
      groups: [{ match: 'all', conditions: [{ field: 'message.text', op: 'contains', values: ['boiler'] }] }],
    },
    { 'message.text': seen },
  );
  const kept = groups[0]?.conditions[0]?.seen as string;
  expect(kept).toContain('the boiler leaks');
  expect(kept.length).toBeLessThan(130);
});

it('fields of a ticket and of a segment have their kinds', () => {
  const kinds = [...Object.values(TICKET_FIELDS), ...Object.values(SEGMENT_FIELDS)];
  expect(kinds.every((kind) => kind in OPERATORS)).toBe(true);
});
