import type { Viewer } from '@helpdesk/core';
import type { Knex } from 'knex';
import { measure, type Measure } from '../kinds/measure.js';
import { GROUPS, invitationsIn, type Filters, type GroupValue } from './filters.js';

export interface ReportRow extends Measure {
  readonly group: GroupValue;
  readonly invited: number;
}
export interface Report {
  readonly all: ReportRow;
  /** The largest first. */
  readonly rows: readonly ReportRow[];
}

interface Counted {
  readonly group: string | number | null;
  readonly score: number | null;
  readonly n: number | string;
}

/** Counts invitations and answers by group; one query, however many there are. */
export async function readReport(
  db: Knex,
  { filters, viewer, timeZone }: { filters: Filters; viewer: Viewer; timeZone: string },
): Promise<Report> {
  const column = `surveys_invitations.${GROUPS[filters.by]}`;
  const counted: Counted[] = await invitationsIn(db, { filters, viewer, timeZone })
    .groupBy(column, 'score')
    .select({ group: column }, 'score')
    .count({ n: '*' });
  const groups = [...new Set(counted.map(({ group }) => groupValue(group)))];
  const rows = groups.map((group) =>
    toRow(
      filters,
      group,
      counted.filter((one) => groupValue(one.group) === group),
    ),
  );
  const isMonth = filters.by === 'month';
  return {
    all: toRow(filters, '', counted),
    rows: rows.toSorted((a, b) =>
      isMonth ? a.group.localeCompare(b.group) : b.answers - a.answers || b.invited - a.invited,
    ),
  };
}

const groupValue = (group: string | number | null): GroupValue => (group === null ? '' : String(group));

function toRow({ kind }: Filters, group: GroupValue, counted: readonly Counted[]): ReportRow {
  const counts = new Map<number, number>();
  let invited = 0;
  for (const { score, n } of counted) {
    invited += Number(n);
    if (score !== null) counts.set(score, (counts.get(score) ?? 0) + Number(n));
  }
  return { ...measure(kind, counts), group, invited };
}
