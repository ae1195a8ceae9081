import { z } from 'zod';
import type { Kind } from '../kinds/kind.js';

export const TRIGGERS = ['solved', 'closed', 'reply'] as const;
export type Trigger = (typeof TRIGGERS)[number];

const words = z.object({ ru: z.string(), en: z.string() });

/** What a survey says and when; empty lists stand for all. */
export const Definition = z.object({
  question: words,
  thanks: words,
  trigger: z.enum(TRIGGERS),
  /** With `reply`: after which one. */
  replies: z.number().int(),
  delayHours: z.number().int(),
  delayKind: z.enum(['calendar', 'business']),
  lineIds: z.array(z.number().int()),
  types: z.array(z.string()),
  segmentIds: z.array(z.number().int()),
  languages: z.array(z.enum(['ru', 'en'])),
  /** How long an answer is taken, in days. */
  validDays: z.number().int(),
  /** Up to here an answer is bad. */
  threshold: z.number().int(),
  isAlerting: z.boolean(),
  opensFollowUp: z.boolean(),
});
export type Definition = z.infer<typeof Definition>;

export interface SurveyRecord {
  readonly id: number;
  readonly name: string;
  readonly kind: Kind;
  readonly isOn: boolean;
  readonly version: number;
  readonly isRemoved: boolean;
  readonly definition: Definition;
}
