import { z } from 'zod';
import { TicketConditions } from '../conditions/condition.js';

/** Something that happens to a ticket. */
export const EVENT_TRIGGERS = [
  'opened',
  'received',
  'replied',
  'reopened',
  'waiting',
  'solved',
  'closed',
  'assigned',
  'transferred',
  'prioritised',
  'typed',
  'tagged',
  'lineChanged',
  'contactChanged',
  'hatChanged',
] as const;
export type EventTrigger = (typeof EVENT_TRIGGERS)[number];

/** Something that has not happened for a time. */
export const TIMER_TRIGGERS = ['unanswered', 'untouched', 'waitingLong'] as const;
export type TimerTrigger = (typeof TIMER_TRIGGERS)[number];

const YEAR_MINUTES = 366 * 24 * 60;

export const Trigger = z.union([
  z.object({ on: z.enum(EVENT_TRIGGERS) }),
  z.object({ on: z.enum(TIMER_TRIGGERS), minutes: z.number().int().min(1).max(YEAR_MINUTES) }),
]);
export type Trigger = z.infer<typeof Trigger>;
export type Timer = Extract<Trigger, { minutes: number }>;
export const isTimer = (trigger: Trigger): trigger is Timer => 'minutes' in trigger;

export const STRATEGIES = ['manager', 'roundRobin', 'load', 'available'] as const;
export type Strategy = (typeof STRATEGIES)[number];

const id = z.number().int().positive();
export const STATUS_MOVES = ['open', 'waiting_customer', 'waiting_other', 'solved'] as const;

export const Action = z.discriminatedUnion('kind', [
  /** `segment`: the team of the customer's segment. */
  z.object({ kind: z.literal('team'), teamId: z.union([id, z.literal('segment'), z.null()]) }),
  z.object({ kind: z.literal('agent'), agentId: id.nullable() }),
  /** Among a team; null: the ticket's own, else everybody. */
  z.object({ kind: z.literal('assign'), strategy: z.enum(STRATEGIES), teamId: id.nullable() }),
  z.object({
    kind: z.literal('priority'),
    priority: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  }),
  z.object({ kind: z.literal('type'), type: z.string().min(1).max(100).nullable() }),
  z.object({ kind: z.literal('tag'), tag: z.string().trim().min(1).max(50) }),
  z.object({ kind: z.literal('untag'), tag: z.string().trim().min(1).max(50) }),
  /** A key of the company's list of statuses. */
  z.object({ kind: z.literal('status'), status: z.string().min(1).max(100) }),
  z.object({ kind: z.literal('note'), text: z.string().trim().min(1).max(10_000) }),
  z.object({ kind: z.literal('reply'), savedReplyId: id }),
  /** Says that what was written has arrived. Places in the text, see `fill-template.ts`. */
  z.object({ kind: z.literal('acknowledge'), text: z.string().trim().min(1).max(10_000) }),
]);
export type Action = z.infer<typeof Action>;
export const ACTIONS = ['team', 'assign', 'agent', 'priority', 'type', 'tag', 'untag', 'status', 'note', 'reply', 'acknowledge'] as const satisfies readonly Action['kind'][]; // prettier-ignore

/** A rule as it is stored with each version. */
export const Definition = z.object({
  name: z.string().trim().min(1).max(200),
  triggers: z.array(Trigger).min(1).max(10),
  conditions: TicketConditions,
  actions: z.array(Action).min(1).max(20),
  /** Rules behind it are not asked for the same occasion. */
  stop: z.boolean(),
});
export type Definition = z.infer<typeof Definition>;
