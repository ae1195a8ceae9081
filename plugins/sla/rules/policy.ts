import { z } from 'zod';
import { Calendar } from '../calendar/calendar.js';

export const TARGETS = ['first', 'next', 'solve'] as const;
/** First answer, each next answer, solution. */
export type TargetKind = (typeof TARGETS)[number];

const id = z.number().int().positive();
const ids = z.array(id).max(500);
const words = z.array(z.string().min(1).max(200)).max(500);
const YEAR_MINUTES = 366 * 24 * 60;
/** Working minutes; null: no norm. */
const Norm = z.number().int().min(1).max(YEAR_MINUTES).nullable();
const Norms = z.object({ first: Norm, next: Norm, solve: Norm });

/** An empty list of a condition holds for everything. */
export const Conditions = z.object({
  lines: ids,
  teams: ids,
  types: words,
  priorities: z.array(z.number().int().min(1).max(4)).max(4),
  channels: words,
  organizations: ids,
  segments: ids,
  roles: words,
});
export type Conditions = z.infer<typeof Conditions>;

export const Policy = z.object({
  id,
  name: z.string().trim().min(1).max(100),
  isOn: z.boolean(),
  conditions: Conditions,
  /** Null: around the clock. */
  calendarId: id.nullable(),
  /** By priority, 1 low to 4 urgent. */
  norms: z.object({ 1: Norms, 2: Norms, 3: Norms, 4: Norms }),
  /** While this is so the clock stands; by hand it always may. */
  pauses: z.object({ customer: z.boolean(), other: z.boolean(), snoozed: z.boolean() }),
  /** Percent of the norm, or working minutes before it is over; null: nobody is warned. */
  warn: z
    .object({ unit: z.enum(['percent', 'minutes']), value: z.number().int().min(1).max(100_000) })
    .nullable(),
  /** Who is told beside the assignee. */
  heads: ids,
  /** What is done when it is late; null: left as it is. */
  escalate: z.object({
    teamId: id.nullable(),
    agentId: id.nullable(),
    priority: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]).nullable(),
  }),
});
export type Policy = z.infer<typeof Policy>;

/** All policies in the order in which they are asked, with all calendars: kept whole with every change. */
export const Rules = z.object({ policies: z.array(Policy).max(200), calendars: z.array(Calendar).max(100) });
export type Rules = z.infer<typeof Rules>;

/** Rules and from when they are in force. */
export interface RuleSet {
  readonly id: number;
  /** In ms. */
  readonly at: number;
  /** `beginning`: they replace all that was before, as if they had always been. */
  readonly applies: 'now' | 'beginning';
  readonly rules: Rules;
}
