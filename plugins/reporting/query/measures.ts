import type { ContributedMeasure, FactTable, Moment, Unit } from '../contract.js';

/** Which rows a measure counts in: those that a moment puts into a period, what is open now, or another plugin's. */
export type Origin = Moment | 'now' | FactTable;

export interface Measure {
  readonly key: string;
  /** A text key; what is counted in is told below it. */
  readonly label: string;
  readonly unit: Unit;
  /** How several rows make one figure. */
  readonly by: 'count' | 'mean' | 'median';
  /** `now`: the ticket as it is, whatever the period. */
  readonly origin: Origin;
  /** Whether less is better: what is red and what is green. Undefined: neither. */
  readonly lessIsBetter?: boolean;
  /** The column of a contributed table, or SQL over this plugin's facts. Undefined: every row counts once. */
  readonly value?: string;
  /** The value is a moment, and its age is what counts; in seconds. */
  readonly isAge?: boolean;
}

type Told = Omit<Measure, 'label'>;

const seconds = { unit: 'seconds', by: 'median', lessIsBetter: true } as const;
const share = { unit: 'share', by: 'mean' } as const;
const score = { unit: 'score', by: 'mean' } as const;
const number = { unit: 'count', by: 'count' } as const;
const fact = (column: string) => `reporting_tickets.${column}`;

// Whole numbers are divided, half a second is rounded up: the same on every database.
const MEAN_OF_NEXT = `case when ${fact('next_replies')} > 0 then (2 * ${fact('next_reply_seconds')} + ${fact('next_replies')}) / (2 * ${fact('next_replies')}) end`;
const ONE_TOUCH = `case when ${fact('replies')} <= 1 and ${fact('reopenings')} = 0 then 1 else 0 end`;
const REOPENED = `case when ${fact('reopenings')} > 0 then 1 else 0 end`;

const table: readonly Told[] = [
  { key: 'opened', ...number, origin: 'openedAt' },
  { key: 'solved', ...number, origin: 'solvedAt' },
  { key: 'firstReply', ...seconds, origin: 'firstRepliedAt', value: fact('first_reply_seconds') },
  { key: 'nextReply', ...seconds, origin: 'lastRepliedAt', value: MEAN_OF_NEXT },
  { key: 'solution', ...seconds, origin: 'solvedAt', value: fact('solution_seconds') },
  { key: 'onUs', ...seconds, origin: 'solvedAt', value: fact('us_seconds') },
  { key: 'onCustomer', unit: 'seconds', by: 'median', origin: 'solvedAt', value: fact('customer_seconds') },
  { key: 'onOthers', ...seconds, origin: 'solvedAt', value: fact('other_seconds') },
  { key: 'oneTouch', ...share, lessIsBetter: false, origin: 'solvedAt', value: ONE_TOUCH },
  { key: 'reopened', ...share, lessIsBetter: true, origin: 'openedAt', value: REOPENED },
  { key: 'teamHops', ...score, lessIsBetter: true, origin: 'openedAt', value: fact('team_hops') },
  { key: 'agentHops', ...score, lessIsBetter: true, origin: 'openedAt', value: fact('agent_hops') },
  { key: 'replies', ...score, origin: 'solvedAt', value: fact('replies') },
  { key: 'open', ...number, lessIsBetter: true, origin: 'now' },
  { key: 'age', ...seconds, origin: 'now', value: fact('opened_at'), isAge: true },
  { key: 'waiting', ...seconds, origin: 'now', value: fact('waiting_from'), isAge: true },
];

/** The measures of this plugin. The list of docs/run/reporting.md is compared with it. */
export const MEASURES: readonly Measure[] = table.map((measure) => ({
  ...measure,
  label: `reporting.measure.${measure.key}`,
}));

/** A contributed one as the others. */
export const toMeasure = (
  origin: FactTable,
  { key, label, unit, lessIsBetter, column }: ContributedMeasure,
): Measure => ({
  key,
  label,
  unit,
  origin,
  by: unit === 'seconds' ? 'median' : unit === 'count' ? 'count' : 'mean',
  ...(lessIsBetter === undefined ? {} : { lessIsBetter }),
  ...(column === undefined ? {} : { value: column }),
});

/** Counted by what happened, of which a ticket may have several; else by tickets. */
export const isOfCases = ({ origin }: Measure): boolean =>
  typeof origin === 'object' && origin.moment === 'at';
