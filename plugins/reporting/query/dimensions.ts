import type { ContributedDimension } from '../contract.js';
import { bucketOf, weekdayOf } from './calendar.js';

export interface Dimension {
  readonly key: string;
  /** A text key. */
  readonly label: string;
  /** Where the values of a ticket stand; of times it is the moment that puts the row into the period. */
  readonly from: 'facts' | 'tickets' | 'memberships' | 'tags' | 'time' | ContributedDimension;
  /** SQL, when it stands in a table of the desk. */
  readonly column?: string;
  /** Of times: its value by the calendar day and the hour at a row's moment. */
  readonly ofTime?: (day: string, hour: () => number) => string;
  readonly names?: ContributedDimension['names'];
}

export const isTime = ({ from }: Dimension): boolean => from === 'time';

const columns = {
  agent: 'facts.assignee_id',
  solvedBy: 'facts.solved_by',
  repliedBy: 'facts.first_replied_by',
  team: 'facts.team_id',
  line: 'facts.line_id',
  channel: 'facts.channel',
  type: 'facts.type',
  status: 'facts.status',
  move: 'facts.category',
  priority: 'facts.priority',
  organization: 'memberships.organization_id',
  contact: 'tickets.contact_id',
  hat: 'memberships.role',
} as const;

const times: Readonly<Record<string, (day: string, hour: () => number) => string>> = {
  day: (day) => day,
  week: (day) => bucketOf(day, 'week'),
  month: (day) => bucketOf(day, 'month'),
  weekday: (day) => String(weekdayOf(day)),
  hour: (_, hour) => String(hour()).padStart(2, '0'),
};

const label = (key: string) => `reporting.dimension.${key}`;

/** The dimensions of this plugin. */
export const DIMENSIONS: readonly Dimension[] = [
  ...Object.entries(columns).map(([key, column]) => ({
    key,
    label: label(key),
    from: tableOf(column),
    column: column.replace(/^facts/, 'reporting_tickets'),
  })),
  { key: 'tag', label: label('tag'), from: 'tags' },
  ...Object.entries(times).map(([key, ofTime]) => ({
    key,
    label: label(key),
    from: 'time' as const,
    ofTime,
  })),
];

function tableOf(column: string): 'facts' | 'tickets' | 'memberships' {
  const [table] = column.split('.');
  return table === 'tickets' || table === 'memberships' ? table : 'facts';
}

/** A contributed one as the others. */
export const toDimension = (contributed: ContributedDimension): Dimension => ({
  key: contributed.key,
  label: contributed.label,
  from: contributed,
  ...(contributed.names
    ? { names: (reading, values) => contributed.names?.(reading, values) ?? Promise.resolve(new Map()) }
    : {}),
});
