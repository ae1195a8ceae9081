import type { LifeEvent } from '../clock/life.js';
import { runClocks } from '../clock/run-clocks.js';
import { TARGETS, type Policy, type TargetKind } from '../rules/policy.js';
import { caseCalendars, type CaseCalendar } from './case-calendars.js';
import type { WorkedCase } from './worked-cases.js';

/** What the clocks of a worked case come to, in its own words. */
export function runCase({ calendar, policy, story }: WorkedCase): string {
  const { events, until } = readStory(story);
  const own = caseCalendars[calendar];
  const rules = { policies: [readPolicy(policy, calendar)], calendars: own ? [own] : [] };
  const about = { segmentId: null, hats: new Map(), reasons: new Map([[1, 'a reason']]) };
  const set = { id: 1, at: -Infinity, applies: 'beginning', rules } as const;
  const told = runClocks({ events, about }, [set], until).clocks.flatMap(({ kind, state, used, dueAt }) =>
    state === 'none'
      ? []
      : `${kind} ${state} ${lengthOf(used)} due ${dueAt === null ? 'none' : String(dueAt)}`,
  );
  return told.length === 0 ? 'nothing' : told.join('; ');
}

/** The wanted result with moments as numbers, as `runCase` tells them. */
export const wantedOf = ({ result }: WorkedCase): string =>
  result.replaceAll(/due (\S+?)(?=;|$)/g, (_all, when: string) =>
    when === 'none' ? 'due none' : `due ${momentOf(when)}`,
  );

/** @param text `12T10:00`, a day of March 2026 in Moscow, or all of it with its offset */
export const momentOf = (text: string): number =>
  Date.parse(/^\d\dT/.test(text) ? `2026-03-${text}+03:00` : text);

function lengthOf(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (n: number) => String(n).padStart(2, '0');
  const rest = seconds % 60 === 0 ? '' : `:${two(seconds % 60)}`;
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}${rest}`;
}

function readPolicy(text: string, calendar: CaseCalendar): Policy {
  const none: Record<TargetKind, number | null> = { first: null, next: null, solve: null };
  const norms = { 1: { ...none }, 2: { ...none }, 3: { ...none }, 4: { ...none } };
  for (const part of text.split(', ')) {
    const [, urgent, kind, hours, minutes] = /^(urgent )?(\w+) (\d+):(\d\d)$/.exec(part) ?? [];
    const target = TARGETS.find((one) => one === kind);
    if (!target) continue;
    for (const priority of urgent ? ([4] as const) : ([1, 2, 3, 4] as const))
      norms[priority][target] = Number(hours) * 60 + Number(minutes);
  }
  const any = {
    lines: [],
    teams: [],
    types: [],
    priorities: [],
    channels: [],
    organizations: [],
    segments: [],
    roles: [],
  };
  return {
    id: 1,
    name: 'Policy',
    isOn: true,
    conditions: any,
    calendarId: caseCalendars[calendar]?.id ?? null,
    norms,
    pauses: { customer: true, other: true, snoozed: text.includes('snoozed stops') },
    warn: null,
    heads: [],
    escalate: { teamId: null, agentId: null, priority: null },
  };
}

type Told = readonly { readonly name: string; readonly payload?: LifeEvent['payload'] }[];
const said: Readonly<Record<string, Told>> = {
  letter: [{ name: 'message.received', payload: { auto: null } }],
  automatic: [{ name: 'message.received', payload: { auto: 'auto' } }],
  reply: [{ name: 'message.replied', payload: { messageId: 1 } }],
  'reply-taken-back': [
    { name: 'message.replied', payload: { messageId: 2 } },
    { name: 'message.cancelled', payload: { messageId: 2 } },
  ],
  wait: [{ name: 'ticket.waiting', payload: { to: 'waiting_customer' } }],
  'wait-others': [{ name: 'ticket.waiting', payload: { to: 'waiting_other' } }],
  reopen: [{ name: 'ticket.reopened', payload: { to: 'open' } }],
  solve: [{ name: 'ticket.solved', payload: { to: 'solved' } }],
  snooze: [{ name: 'ticket.snoozed' }],
  wake: [{ name: 'ticket.woken' }],
  urgent: [{ name: 'ticket.prioritised', payload: { to: 4 } }],
  normal: [{ name: 'ticket.prioritised', payload: { to: 2 } }],
  stop: [{ name: 'sla.paused', payload: { pauseId: 1 } }],
  go: [{ name: 'sla.resumed' }],
};

function readStory(story: string): { events: LifeEvent[]; until?: number } {
  const told: Omit<LifeEvent, 'id'>[] = [];
  for (const piece of story.split('; ')) {
    const [when = '', what = ''] = piece.split(' ');
    const at = momentOf(when);
    if (told.length === 0)
      told.push({ name: 'ticket.opened', at, payload: { category: 'new', priority: 2 } });
    if (what === 'until') return { events: numbered(told), until: at };
    for (const { name, payload = {} } of said[what] ?? []) told.push({ name, at, payload });
  }
  return { events: numbered(told) };
}

const numbered = (told: readonly Omit<LifeEvent, 'id'>[]): LifeEvent[] =>
  told.map((event, i) => ({ id: i + 1, ...event }));
