import { z } from 'zod';
import { ALL_OPERATORS, BARE, kindOf, OPERATORS, SEGMENT_FIELDS, TICKET_FIELDS } from './fields.js';

const Match = z.enum(['all', 'any']);
export type Match = z.infer<typeof Match>;

/** `09:00-18:30`; over midnight when the second is earlier. */
export const CLOCK = /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/;

const Base = z.object({
  field: z.string(),
  op: z.enum(ALL_OPERATORS),
  values: z.array(z.string().max(500)).max(200),
});
type Base = z.infer<typeof Base>;

/** What is wrong with a condition, as a text key; undefined: nothing. */
export function problemOf({ field, op, values }: Base): string | undefined {
  const kind = kindOf(field);
  if (!kind || !(OPERATORS[kind] as readonly string[]).includes(op)) return 'routing.problem.field';
  if (BARE.includes(op)) return undefined;
  if (values.length === 0 || values.some((value) => value.trim() === '')) return 'routing.problem.value';
  if (kind === 'number' && !values.every((value) => /^\d{1,9}$/.test(value))) return 'routing.problem.number';
  if (kind === 'clock' && !values.every((value) => CLOCK.test(value))) return 'routing.problem.clock';
  return undefined;
}

const conditionOf = (fields: object) =>
  Base.refine(({ field }) => Object.hasOwn(fields, field)).refine((one) => problemOf(one) === undefined);

const groupsOf = (fields: object) =>
  z.array(z.object({ match: Match, conditions: z.array(conditionOf(fields)).min(1).max(30) })).max(10);

/** Conditions of a rule: groups, which hold conditions; no deeper. Without any it holds always. */
export const TicketConditions = z.object({ match: Match, groups: groupsOf(TICKET_FIELDS) });

/** Conditions of a segment; without any nobody comes in. */
export const SegmentRule = z.object({
  about: z.enum(['contact', 'organization']),
  match: Match,
  groups: groupsOf(SEGMENT_FIELDS).min(1),
});
export type SegmentRule = z.infer<typeof SegmentRule>;

export type Condition = Base;
export interface Conditions {
  readonly match: Match;
  readonly groups: readonly { readonly match: Match; readonly conditions: readonly Condition[] }[];
}
