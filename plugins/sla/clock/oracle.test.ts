import { expect, it } from 'vitest';
import type { Calendar, Hours } from '../calendar/calendar.js';
import { caseCalendars } from '../cases/case-calendars.js';
import { emptyPolicy } from '../pages/policy-form.js';
import { TARGETS, type Policy, type RuleSet, type TargetKind } from '../rules/policy.js';
import type { LifeEvent } from './life.js';
import { runClocks } from './run-clocks.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const SEQUENCES = 400;

/** Mulberry32: the same numbers on every machine. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
type Dice = ReturnType<typeof dice>;
const pick = <T>(roll: Dice, list: readonly T[]): T => list[roll(list.length)] as T;

// Days before a change of clocks, and an ordinary one.
const PLACES = [
  ['Europe/Berlin', '2026-03-28'],
  ['Europe/Berlin', '2026-10-24'],
  ['America/New_York', '2026-03-07'],
  ['America/New_York', '2026-10-31'],
  ['Australia/Lord_Howe', '2026-04-04'],
  ['Australia/Lord_Howe', '2026-10-03'],
  ['Asia/Kolkata', '2026-12-30'],
  ['Europe/Moscow', '2026-03-12'],
  ['Africa/Casablanca', '2026-02-14'],
  ['Pacific/Apia', '2026-06-01'],
] as const;

function randomHours(roll: Dice): Hours[] {
  return Array.from({ length: roll(3) }, () => {
    const from = roll(1440);
    return { from, to: Math.min(from + 30 + roll(900), from + 1440) };
  });
}

function randomCalendar(roll: Dice, zone: string, day: string): Calendar {
  const dateOf = (days: number) =>
    new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
  return {
    id: 1,
    name: 'random',
    zone,
    weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ day: weekday, hours: randomHours(roll) })),
    holidays: roll(2) === 0 ? [] : [{ date: dateOf(roll(4)), hours: randomHours(roll) }],
  };
}

const EVENTS: readonly Pick<LifeEvent, 'name' | 'payload'>[] = [
  { name: 'message.received', payload: { auto: null } },
  { name: 'message.received', payload: { auto: 'auto' } },
  { name: 'message.replied', payload: { messageId: 1 } },
  { name: 'ticket.waiting', payload: { to: 'waiting_customer' } },
  { name: 'ticket.waiting', payload: { to: 'waiting_other' } },
  { name: 'ticket.reopened', payload: { to: 'open' } },
  { name: 'ticket.solved', payload: { to: 'solved' } },
  { name: 'ticket.snoozed', payload: {} },
  { name: 'ticket.woken', payload: {} },
  { name: 'ticket.prioritised', payload: { to: 4 } },
  { name: 'ticket.prioritised', payload: { to: 2 } },
  { name: 'sla.paused', payload: { pauseId: 1 } },
  { name: 'sla.resumed', payload: {} },
];

function randomLife(roll: Dice, start: number): LifeEvent[] {
  const opened = { id: 1, name: 'ticket.opened', at: start, payload: { category: 'new', priority: 2 } };
  const letter = { id: 2, name: 'message.received', at: start, payload: { auto: null } };
  let at = start;
  const more = Array.from({ length: roll(10) }, (_one, i) => {
    at += roll(5) === 0 ? 0 : roll(600) * MINUTE;
    return { id: i + 3, at, ...pick(roll, EVENTS) };
  });
  return [opened, letter, ...more];
}

function randomPolicy(roll: Dice): Policy {
  const norm = () => (roll(4) === 0 ? null : 1 + roll(900));
  const norms = () => ({ first: norm(), next: norm(), solve: norm() });
  return {
    ...emptyPolicy(1),
    name: 'random',
    calendarId: roll(6) === 0 ? null : 1,
    norms: { 1: norms(), 2: norms(), 3: norms(), 4: norms() },
    pauses: { customer: roll(3) > 0, other: roll(2) === 0, snoozed: roll(2) === 0 },
  };
}

const walls = new Map<string, string>();
/** What the clock on the wall shows, `2026-03-12 09:30`. Clocks change on a quarter of an hour. */
function wallOf(zone: string, at: number): { date: string; minute: number } {
  const quarter = Math.floor(at / (15 * MINUTE));
  const key = `${zone} ${quarter}`;
  let text = walls.get(key);
  if (text === undefined) {
    text = new Date(quarter * 15 * MINUTE).toLocaleString('sv-SE', { timeZone: zone });
    walls.set(key, text);
  }
  const [date = '', time = ''] = text.split(' ');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return { date, minute: hours * 60 + minutes + Math.floor((at % (15 * MINUTE)) / MINUTE) };
}

function isOpen(calendar: Calendar | null, at: number): boolean {
  if (!calendar) return true;
  const { date, minute } = wallOf(calendar.zone, at);
  const hoursOn = (day: string) => {
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay() || 7;
    const holiday = calendar.holidays.find((one) => one.date === day);
    return holiday ? holiday.hours : (calendar.weekly.find((one) => one.day === weekday)?.hours ?? []);
  };
  const before = new Date(Date.parse(`${date}T12:00:00Z`) - DAY).toISOString().slice(0, 10);
  return (
    hoursOn(date).some(({ from, to }) => minute >= from && minute < to) ||
    hoursOn(before).some(({ from, to }) => minute + 1440 >= from && minute + 1440 < to)
  );
}

interface Naive {
  readonly kind: TargetKind;
  used: number;
  norm: number | null;
  normSince: number;
  ended: number | null;
  /** When the first, second… working minute was over. */
  readonly minutes: number[];
}

/** Walks through a life minute by minute, with nothing but flags. */
function walk(events: readonly LifeEvent[], policy: Policy, calendar: Calendar | null, until: number) {
  const all: Naive[] = [];
  const looked = new Map<number, boolean>();
  const open = (at: number) => {
    const known = looked.get(at) ?? isOpen(calendar, at);
    looked.set(at, known);
    return known;
  };
  const flags = { category: 'new', snoozed: false, stopped: false, priority: 2 as 2 | 4, answers: 0 };
  let said: number | null = null;
  const isDone = () => flags.category === 'solved';
  const running = () => all.filter(({ ended }) => ended === null);
  const start = (kind: TargetKind, at: number) =>
    all.push({
      kind,
      used: 0,
      norm: policy.norms[flags.priority][kind],
      normSince: at,
      ended: null,
      minutes: [],
    });
  const end = (kinds: readonly TargetKind[], at: number) => {
    for (const one of running()) if (kinds.includes(one.kind)) one.ended = at;
  };
  const ask = (at: number) => {
    if (isDone()) {
      said = at;
      return;
    }
    if (!all.some(({ kind }) => kind === 'solve')) start('solve', at);
    if (!running().some(({ kind }) => kind !== 'solve')) start(flags.answers === 0 ? 'first' : 'next', at);
  };
  const move = (to: string, at: number) => {
    const was = isDone();
    flags.category = to;
    if (isDone()) flags.snoozed = false;
    if (!was && isDone()) end(TARGETS, at);
    if (was && !isDone()) {
      const solve = all.find(({ kind }) => kind === 'solve');
      if (solve && solve.ended !== null) {
        solve.ended = null;
        renorm(solve, at);
      }
      if (said === at) ask(at);
    }
  };
  const renorm = (one: Naive, at: number) => {
    const norm = policy.norms[flags.priority][one.kind];
    if (norm === one.norm) return;
    one.norm = norm;
    one.normSince = at;
  };
  const hear = ({ name, at, payload }: LifeEvent) => {
    if (name === 'message.received' && payload['auto'] === null) ask(at);
    if (name === 'message.replied') {
      flags.answers += 1;
      end(['first', 'next'], at);
    }
    if (name === 'ticket.snoozed') flags.snoozed = true;
    if (name === 'ticket.woken') flags.snoozed = false;
    if (name === 'sla.paused') flags.stopped = true;
    if (name === 'sla.resumed') flags.stopped = false;
    if (name === 'ticket.prioritised') {
      flags.priority = payload['to'] === 4 ? 4 : 2;
      for (const one of running()) renorm(one, at);
    }
    if (typeof payload['to'] === 'string') move(payload['to'], at);
  };
  const stands = () =>
    flags.stopped ||
    isDone() ||
    (flags.category === 'waiting_customer' && policy.pauses.customer) ||
    (flags.category === 'waiting_other' && policy.pauses.other) ||
    (flags.snoozed && policy.pauses.snoozed);
  let next = 0;
  const begin = events[0]?.at ?? 0;
  for (let at = begin; ; at += MINUTE) {
    for (; next < events.length && (events[next]?.at ?? 0) <= at; next++) hear(events[next] as LifeEvent);
    if (at >= until) break;
    if (stands() || !open(at)) continue;
    for (const one of running()) {
      if (one.norm === null) continue;
      one.used += 1;
      one.minutes.push(at + MINUTE);
    }
  }
  return all.map((one) => ({
    kind: one.kind,
    used: one.used,
    state:
      one.norm === null
        ? 'none'
        : one.ended !== null
          ? one.used <= one.norm
            ? 'met'
            : 'missed'
          : stands()
            ? 'paused'
            : 'running',
    due: dueOf(one, stands()),
  }));

  function dueOf(one: Naive, stand: boolean): number | null {
    if (one.norm === null) return null;
    const isStill = one.ended === null && stand;
    if (one.used > one.norm || (one.used === one.norm && !isStill))
      return Math.max(one.minutes[one.norm - 1] ?? 0, one.normSince);
    if (isStill) return null;
    let left = one.norm - one.used;
    const from = one.ended ?? until;
    for (let at = from; at < from + 40 * DAY; at += MINUTE) {
      if (!open(at)) continue;
      left -= 1;
      if (left === 0) return at + MINUTE;
    }
    return null;
  }
}

const always = (policy: Policy, calendar: Calendar): RuleSet => ({
  id: 1,
  at: -Infinity,
  applies: 'beginning',
  rules: { policies: [policy], calendars: [calendar] },
});

it(`${SEQUENCES} random lives under random calendars agree with a walk through every minute`, () => {
  for (let seed = 1; seed <= SEQUENCES; seed++) {
    const roll = dice(seed);
    const [zone, day] = pick(roll, PLACES);
    const calendar = randomCalendar(roll, zone, day);
    const policy = randomPolicy(roll);
    const events = randomLife(roll, Date.parse(`${day}T00:00:00Z`) + roll(1440) * MINUTE);
    const until = (events.at(-1)?.at ?? 0) + roll(2000) * MINUTE;
    const set = always(policy, calendar);
    const about = { segmentId: null, hats: new Map(), reasons: new Map([[1, 'why']]) };
    const { clocks } = runClocks({ events, about }, [set], until);
    const own = policy.calendarId === null ? null : calendar;
    // What is over more than forty days ahead is left to the worked cases.
    const wanted = walk(events, policy, own, until);
    const told = clocks.map(({ kind, used, state, dueAt }, i) => ({
      kind,
      used: used / MINUTE,
      state,
      due: wanted[i]?.due === null && dueAt !== null && dueAt > until + 39 * DAY ? null : dueAt,
    }));
    expect({ seed, clocks: told }).toEqual({ seed, clocks: wanted });
  }
});

it('a due time is the same whenever one asks, as long as nothing happens', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const roll = dice(seed * 7919);
    const [zone, day] = pick(roll, PLACES);
    const calendar = randomCalendar(roll, zone, day);
    const policy = { ...randomPolicy(roll), calendarId: 1 };
    const events = randomLife(roll, Date.parse(`${day}T00:00:00Z`) + roll(1440) * MINUTE);
    const last = events.at(-1)?.at ?? 0;
    const set = always(policy, calendar);
    const about = { segmentId: null, hats: new Map(), reasons: new Map() };
    const dueWhen = (until?: number) =>
      runClocks({ events, about }, [set], until).clocks.map(({ state, dueAt }) => [state, dueAt]);
    const now = dueWhen();
    for (const later of [0, 17, 901, 5000]) {
      const then = dueWhen(last + later * MINUTE);
      expect({ seed, later, then }).toEqual({ seed, later, then: now });
    }
  }
});

it('seconds count, not minutes', () => {
  const at = Date.parse('2026-03-12T07:00:07.250Z');
  const policy = {
    ...emptyPolicy(1),
    norms: { ...emptyPolicy(1).norms, 2: { first: 1, next: null, solve: null } },
  };
  const events = [
    { id: 1, name: 'ticket.opened', at, payload: { category: 'new', priority: 2 } },
    { id: 2, name: 'message.received', at, payload: { auto: null } },
  ];
  const rules = { policies: [{ ...policy, calendarId: 1 }], calendars: [caseCalendars.office] };
  const about = { segmentId: null, hats: new Map(), reasons: new Map() };
  const { clocks } = runClocks({ events, about }, [{ id: 1, at: -Infinity, applies: 'beginning', rules }]);
  expect(clocks.find(({ kind }) => kind === 'first')?.dueAt).toBe(at + MINUTE);
});
