import { formatDuration, formatNumber } from '@helpdesk/core';
import type { CsvRow } from './visit.js';

// Figures counted again from the columns of the exported file alone, in other words than the plugin's.

interface Way {
  readonly label: string;
  readonly unit: 'seconds' | 'count' | 'share' | 'score';
  readonly how: 'count' | 'mean' | 'median';
  readonly when: string | null;
  value(row: CsvRow, now: Date): number | null;
}

const some = (text: string | undefined): number | null => (text ? Number(text) : null);
const isOpen = (row: CsvRow) => row['category'] !== 'solved' && row['category'] !== 'closed';
const since = (text: string | undefined, now: Date) =>
  text ? Math.round((now.getTime() - new Date(text).getTime()) / 1000) : null;
const column = (name: string) => (row: CsvRow) => some(row[name]);

export const WAYS: Readonly<Record<string, Way>> = {
  opened: { label: 'New tickets', unit: 'count', how: 'count', when: 'openedAt', value: () => 1 },
  solved: { label: 'Solved', unit: 'count', how: 'count', when: 'solvedAt', value: () => 1 },
  firstReply: {
    label: 'First reply',
    unit: 'seconds',
    how: 'median',
    when: 'firstRepliedAt',
    value: column('firstReplySeconds'),
  },
  nextReply: {
    label: 'Later replies',
    unit: 'seconds',
    how: 'median',
    when: 'lastRepliedAt',
    value: (row) =>
      row['nextReplies'] === '0'
        ? null
        : Math.round(Number(row['nextReplySeconds']) / Number(row['nextReplies'])),
  },
  solution: {
    label: 'Time to solve',
    unit: 'seconds',
    how: 'median',
    when: 'solvedAt',
    value: column('solutionSeconds'),
  },
  onUs: {
    label: 'Waiting on us',
    unit: 'seconds',
    how: 'median',
    when: 'solvedAt',
    value: column('usSeconds'),
  },
  onCustomer: {
    label: 'Waiting on the customer',
    unit: 'seconds',
    how: 'median',
    when: 'solvedAt',
    value: column('customerSeconds'),
  },
  onOthers: {
    label: 'Waiting on others',
    unit: 'seconds',
    how: 'median',
    when: 'solvedAt',
    value: column('otherSeconds'),
  },
  oneTouch: {
    label: 'Solved by one answer',
    unit: 'share',
    how: 'mean',
    when: 'solvedAt',
    value: (row) => Number(Number(row['replies']) < 2 && row['reopenings'] === '0'),
  },
  reopened: {
    label: 'Opened again',
    unit: 'share',
    how: 'mean',
    when: 'openedAt',
    value: (row) => Number(row['reopenings'] !== '0'),
  },
  teamHops: {
    label: 'Hops between teams',
    unit: 'score',
    how: 'mean',
    when: 'openedAt',
    value: column('teamHops'),
  },
  agentHops: {
    label: 'Hops between people',
    unit: 'score',
    how: 'mean',
    when: 'openedAt',
    value: column('agentHops'),
  },
  replies: {
    label: 'Answers a ticket',
    unit: 'score',
    how: 'mean',
    when: 'solvedAt',
    value: column('replies'),
  },
  open: {
    label: 'Open now',
    unit: 'count',
    how: 'count',
    when: null,
    value: (row) => (isOpen(row) ? 1 : null),
  },
  age: {
    label: 'Age of open ones',
    unit: 'seconds',
    how: 'median',
    when: null,
    value: (row, now) => (isOpen(row) ? since(row['openedAt'], now) : null),
  },
  waiting: {
    label: 'Customers wait',
    unit: 'seconds',
    how: 'median',
    when: null,
    value: (row, now) => (isOpen(row) ? since(row['waitingFrom'], now) : null),
  },
};

export interface Span {
  readonly from: string;
  /** The first day after it, UTC. */
  readonly to: string;
  readonly now: Date;
}

/** The value that so many of the values do not exceed, by counting up. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.find((_, i) => (i + 1) / sorted.length >= share - 1e-12);
}

/** The values behind a figure. */
export function valuesOf(rows: readonly CsvRow[], way: Way, { from, to, now }: Span): number[] {
  return rows
    .filter((row) => {
      if (way.when === null) return true;
      const day = (row[way.when] ?? '').slice(0, 10);
      return day >= from && day < to;
    })
    .flatMap((row) => way.value(row, now) ?? []);
}

export function figure(values: readonly number[], { how }: Pick<Way, 'how'>): number | undefined {
  if (how === 'count') return values.length;
  if (values.length === 0) return undefined;
  return how === 'mean' ? values.reduce((a, b) => a + b, 0) / values.length : quantile(values, 0.5);
}

/** The figure in the words of an English page. */
export function say(value: number | undefined, unit: Way['unit']): string {
  const language = 'en';
  if (value === undefined) return '—';
  if (unit === 'seconds') return formatDuration(value, { language });
  return unit === 'share'
    ? formatNumber(value, { language, style: 'percent' })
    : formatNumber(value, { language, digits: 2 });
}
