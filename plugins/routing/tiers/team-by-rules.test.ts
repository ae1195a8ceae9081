import { expect, it } from 'vitest';
import type { Definition } from '../rules/definition.js';
import { teamByRules } from './team-by-rules.js';

let count = 0;
const rule = (more: Partial<Definition>, isOn = true) => ({
  id: (count += 1),
  isOn,
  version: 1,
  definition: {
    name: `Rule ${count}`,
    triggers: [{ on: 'opened' as const }],
    conditions: { match: 'all' as const, groups: [] },
    actions: [{ kind: 'team' as const, teamId: 1 }],
    stop: false,
    ...more,
  },
});
const where = (field: string, ...values: string[]): Definition['conditions'] => ({
  match: 'all',
  groups: [{ match: 'all', conditions: [{ field, op: 'in', values }] }],
});
const to = (teamId: number | 'segment' | null): Definition['actions'] => [{ kind: 'team', teamId }];
const place = { lineId: 3, type: 'claim' };
const teamOf = (...rules: ReturnType<typeof rule>[]) => teamByRules(rules, place)?.teamId;

it('is the last team that rules of line and type give, until one that stops', () => {
  expect(teamOf(rule({}), rule({ conditions: where('ticket.line', '3'), actions: to(2) }))).toBe(2);
  expect(teamOf(rule({ stop: true }), rule({ actions: to(2) }))).toBe(1);
  expect(teamOf(rule({}), rule({ conditions: where('ticket.type', 'other'), actions: to(2) }))).toBe(1);
  expect(teamByRules([rule({ name: 'All' })], place)).toEqual({ teamId: 1, rule: 'All' });
});

it('says nothing where something else decides as well', () => {
  expect(
    teamOf(rule({ conditions: where('contact.segment', '1') }), rule({ actions: to(2) })),
  ).toBeUndefined();
  expect(teamOf(rule({ actions: to('segment') }))).toBeUndefined();
  expect(
    teamOf(
      rule({ conditions: where('contact.segment', '1'), actions: [{ kind: 'tag', tag: 'x' }] }),
      rule({}),
    ),
  ).toBe(1);
});

it('asks no rule that is off or for something else', () => {
  expect(teamOf(rule({}, false), rule({ triggers: [{ on: 'replied' }] }))).toBeUndefined();
});
