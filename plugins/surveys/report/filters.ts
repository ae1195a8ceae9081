import { calendarDay, seenBy, type DeskContext, type Viewer } from '@helpdesk/core';
import type { Knex } from 'knex';
import { KINDS, type Kind } from '../kinds/kind.js';

/** By what a report lays answers side by side, and the column behind it. */
export const GROUPS = {
  segment: 'segmentId',
  hat: 'hat',
  team: 'teamId',
  agent: 'agentId',
  line: 'lineId',
  month: 'month',
} as const;
export type Group = keyof typeof GROUPS;
export const groupNames = Object.keys(GROUPS) as Group[];

/** What is looked at; it stands in the address and nowhere else. */
export interface Filters {
  readonly kind: Kind;
  readonly by: Group;
  /** Days, "2026-03-01", both inside; of the invitation. */
  readonly from: string;
  readonly to: string;
  readonly surveyId: number | null;
}

/** One of the groups: its value as it stands in an address; '' is what belongs to none. */
export type GroupValue = string;

const DAY_MS = 24 * 3_600_000;
const DAYS = 90;

/** Whatever is missing or makes no sense is the usual: the last 90 days of NPS by segment. */
export function readFilters({
  query,
  now,
  timeZone,
}: Pick<DeskContext, 'query' | 'now' | 'timeZone'>): Filters {
  const day = (at: Date) => calendarDay(at.toISOString(), { timeZone });
  const given = (name: string) => (isDay(query[name]) ? query[name] : undefined);
  return {
    kind: KINDS.find((kind) => kind === query['kind']) ?? 'nps',
    by: groupNames.find((group) => group === query['by']) ?? 'segment',
    from: given('from') ?? day(new Date(now.getTime() - DAYS * DAY_MS)),
    to: given('to') ?? day(now),
    surveyId: /^[1-9]\d{0,14}$/.test(query['survey'] ?? '') ? Number(query['survey']) : null,
  };
}

const isDay = (text: string | undefined): text is string =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** The same filters as an address. */
export function filterQuery(
  { kind, by, from, to, surveyId }: Filters,
  more: Readonly<Record<string, string>> = {},
): string {
  const fields = { kind, by, from, to, ...(surveyId === null ? {} : { survey: String(surveyId) }), ...more };
  return new URLSearchParams(fields).toString();
}

/** Invitations that have left, of tickets that the viewer may see. */
export function invitationsIn(
  db: Knex,
  { filters, viewer, timeZone }: { filters: Filters; viewer: Viewer; timeZone: string },
): Knex.QueryBuilder {
  const { kind, from, to, surveyId } = filters;
  const query = db('surveys_invitations')
    .join('tickets', 'tickets.id', 'surveys_invitations.ticketId')
    .where({ 'surveys_invitations.kind': kind, state: 'sent' })
    .where('sentAt', '>=', startOfDay(from, timeZone))
    .where('sentAt', '<', startOfDay(nextDay(to), timeZone))
    .modify((rows) => seenBy(rows, viewer));
  if (surveyId !== null) void query.where({ surveyId });
  return query;
}

/** Narrows to one group. */
export function inGroup(query: Knex.QueryBuilder, by: Group, value: GroupValue): void {
  const column = `surveys_invitations.${GROUPS[by]}`;
  if (value === '') void query.whereNull(column);
  else if (by === 'hat' || by === 'month') void query.where(column, value);
  // A number that is none is nobody's.
  else void query.where(column, /^[1-9]\d{0,14}$/.test(value) ? Number(value) : 0);
}

const nextDay = (day: string) => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);

const HOUR_MS = 3_600_000;

/** The first moment of a day in a zone, ISO text. */
export function startOfDay(day: string, timeZone: string): string {
  // No zone is further off than 14 hours; the clocks of some are set by quarters.
  let at = Date.parse(day) - 14 * HOUR_MS;
  while (calendarDay(new Date(at).toISOString(), { timeZone }) < day) at += HOUR_MS / 4;
  return new Date(at).toISOString();
}
