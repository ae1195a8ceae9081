import type { DeskContext } from '@helpdesk/core';
import { KINDS, type Kind } from '../kinds/kind.js';
import type { Names } from '../pages/names.js';
import type { SurveyRecord } from '../surveys/survey.js';
import { filterQuery, groupNames, type Filters, type Group, type GroupValue } from './filters.js';
import type { Report, ReportRow } from './read-report.js';

export const REPORT = '/desk/surveys/report';

/** A number in the unit of its kind: share in percent, points, mean. */
export function formatValue(
  { language }: Pick<DeskContext, 'language'>,
  kind: Kind,
  value: number | undefined,
): string {
  if (value === undefined) return '—';
  const digits = kind === 'ces' ? 2 : 0;
  const format = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...(kind === 'csat' ? { style: 'percent' } : {}),
    ...(kind === 'nps' ? { signDisplay: 'exceptZero' } : {}),
  });
  return format.format(value);
}

/** What a group is called. */
export function groupLabel(
  { t, language }: Pick<DeskContext, 't' | 'language'>,
  names: Names,
  { by, group }: { by: Group; group: GroupValue },
): string {
  if (group === '') return t('surveys.report.noGroup');
  if (by !== 'month') return names.of[by].get(group) ?? `#${group}`;
  const at = new Date(`${group}-01T00:00:00Z`);
  return new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(at);
}

type Said = Pick<DeskContext, 't' | 'language'>;

export function presentReport(
  ctx: Said,
  found: { report: Report; filters: Filters; names: Names; surveys: readonly SurveyRecord[] },
) {
  const { report, filters, names } = found;
  const { by, kind } = filters;
  const { all } = report;
  return {
    ...presentFilters(ctx, found),
    isEmpty: all.invited === 0,
    by: ctx.t(`surveys.by.${by}`),
    measure: ctx.t(`surveys.measure.${kind}`),
    how: ctx.t(`surveys.how.${kind}`),
    all: presentRow(ctx, filters, all),
    rows: report.rows.map((row) => ({
      ...presentRow(ctx, filters, row),
      name: groupLabel(ctx, names, { by, group: row.group }),
      href: `${REPORT}/answers?${filterQuery(filters, { group: row.group })}`,
    })),
    answersUrl: `${REPORT}/answers?${filterQuery(filters)}`,
    csvUrl: `${REPORT}/answers.csv?${filterQuery(filters)}`,
    promotersUrl: `${REPORT}/promoters`,
  };
}

function presentRow(ctx: Said, { kind }: Filters, row: ReportRow) {
  const { invited, answers, value, interval, isSmall, good, bad } = row;
  const words = (n: number) => formatValue(ctx, kind, n);
  return {
    invited,
    answers,
    good,
    bad,
    rate: invited === 0 ? undefined : answers / invited,
    value: formatValue(ctx, kind, value),
    interval:
      interval && ctx.t('surveys.report.interval', { low: words(interval.low), high: words(interval.high) }),
    isSmall: isSmall && answers > 0,
  };
}

/** The form above a report or a list of answers. */
export function presentFilters(
  { t }: Pick<DeskContext, 't'>,
  { filters, surveys }: { filters: Filters; surveys: readonly SurveyRecord[] },
) {
  const { kind, by, from, to, surveyId } = filters;
  const select = (name: string, options: readonly { value: string; label: string }[], chosen: string) => ({
    name,
    kind: 'select',
    label: t(`surveys.filter.${name}`),
    options: options.map((option) => ({ ...option, selected: option.value === chosen })),
  });
  const day = (name: string, value: string) => ({
    name,
    kind: 'date',
    label: t(`surveys.filter.${name}`),
    value,
  });
  const ofKind = surveys.filter((survey) => survey.kind === kind);
  return {
    filters: [
      select(
        'kind',
        KINDS.map((value) => ({ value, label: t(`surveys.kind.${value}`) })),
        kind,
      ),
      select(
        'by',
        groupNames.map((value) => ({ value, label: t(`surveys.by.${value}`) })),
        by,
      ),
      select(
        'survey',
        [
          { value: '', label: t('surveys.filter.all') },
          ...ofKind.map(({ id, name }) => ({ value: String(id), label: name })),
        ],
        String(surveyId ?? ''),
      ),
      day('from', from),
      day('to', to),
    ],
  };
}
