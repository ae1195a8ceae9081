import { describe, expect, it } from 'vitest';
import { caseCalendars } from '../cases/case-calendars.js';
import type { LifeEvent } from '../clock/life.js';
import { runClocks } from '../clock/run-clocks.js';
import { emptyPolicy } from '../pages/policy-form.js';
import { inForce } from './in-force.js';
import type { Policy, RuleSet } from './policy.js';

const at = (text: string) => Date.parse(`2026-03-${text}+03:00`);
const policy = (id: number, solve: number, more: Partial<Policy> = {}): Policy => {
  const norms = { first: null, next: null, solve: solve * 60 };
  return {
    ...emptyPolicy(id),
    name: `P${id}`,
    calendarId: 1,
    norms: { 1: norms, 2: norms, 3: norms, 4: norms },
    ...more,
  };
};
const set = (id: number, when: string, policies: Policy[], applies: RuleSet['applies'] = 'now'): RuleSet => ({
  id,
  at: at(when),
  applies,
  rules: { policies, calendars: [caseCalendars.office] },
});
const opened = (payload: object = {}): LifeEvent[] => [
  { id: 1, name: 'ticket.opened', at: at('12T10:00'), payload: { category: 'new', priority: 2, ...payload } },
  { id: 2, name: 'message.received', at: at('12T10:00'), payload: { auto: null } },
];
const hats = new Map([[7, { role: 'director', organizationId: 3 }]]);
const solve = (
  sets: RuleSet[],
  { events = opened(), segmentId = null as number | null, until = '12T14:00' } = {},
) => {
  const about = { segmentId, hats, reasons: new Map<number, string>() };
  return runClocks({ events, about }, inForce(sets), at(until)).clocks.find(({ kind }) => kind === 'solve');
};

describe('rules that change', () => {
  it('from now on: what has counted stays counted, the new norm is in force', () => {
    const clock = solve([set(1, '11T10:00', [policy(1, 8)]), set(2, '12T12:00', [policy(1, 3)])]);
    expect(clock).toMatchObject({ used: 4 * 3_600_000, dueAt: at('12T13:00') });
    expect(clock?.norms.map(({ because, norm }) => [because, norm])).toEqual([
      ['message.received', 8 * 3_600_000],
      ['rules', 3 * 3_600_000],
    ]);
  });

  it('from now on, with no rules before: time begins to count then', () => {
    const clock = solve([set(1, '12T13:00', [policy(1, 8)])]);
    expect(clock).toMatchObject({ used: 3_600_000, dueAt: at('13T12:00') });
    expect(clock?.spans[0]).toMatchObject({ kind: 'paused', pause: 'norm' });
  });

  it('from the beginning: switched on late, it knows the past', () => {
    const clock = solve([
      set(1, '11T10:00', [policy(1, 1)]),
      set(2, '20T10:00', [policy(2, 8)], 'beginning'),
    ]);
    expect(clock).toMatchObject({
      used: 4 * 3_600_000,
      dueAt: at('12T18:00'),
      policyId: 2,
      state: 'running',
    });
    expect(clock?.norms).toHaveLength(1);
  });

  it('a policy that no longer holds stops the clock', () => {
    const clock = solve([
      set(1, '11T10:00', [policy(1, 8)]),
      set(2, '12T11:00', [policy(1, 8, { isOn: false })]),
    ]);
    expect(clock).toMatchObject({ state: 'none', dueAt: null, used: 3_600_000 });
  });
});

describe('which policy holds', () => {
  const vip = policy(1, 1, { conditions: { ...emptyPolicy(1).conditions, segments: [5] } });
  const directors = policy(2, 2, {
    conditions: { ...emptyPolicy(1).conditions, roles: ['director'], organizations: [3] },
  });
  const rest = policy(3, 8);
  const rules = [set(1, '11T10:00', [vip, directors, rest])];

  it('the first that fits: by segment, by the hat, else the one without conditions', () => {
    expect(solve(rules, { segmentId: 5 })?.policyId).toBe(1);
    expect(solve(rules, { events: opened({ membershipId: 7 }) })?.policyId).toBe(2);
    expect(solve(rules)?.policyId).toBe(3);
  });

  it('another hat in the middle brings another policy, with its event', () => {
    const worn = { id: 3, name: 'ticket.hatChanged', at: at('12T11:00'), payload: { from: null, to: 7 } };
    const clock = solve(rules, { events: [...opened(), worn] });
    expect(clock).toMatchObject({ policyId: 2, dueAt: at('12T12:00') });
    expect(clock?.norms.at(-1)).toMatchObject({ because: 'ticket.hatChanged', eventId: 3 });
  });

  it('a list of several conditions wants all of them', () => {
    const narrow = policy(1, 1, {
      conditions: {
        ...emptyPolicy(1).conditions,
        lines: [1],
        channels: ['email'],
        types: ['question'],
        priorities: [2],
        teams: [4],
      },
    });
    const all = { lineId: 1, channel: 'email', type: 'question', teamId: 4 };
    const own = [set(1, '11T10:00', [narrow])];
    expect(solve(own, { events: opened(all) })?.policyId).toBe(1);
    for (const field of Object.keys(all))
      expect(solve(own, { events: opened({ ...all, [field]: null }) })?.policyId).toBe(null);
  });
});
