import { formatDate } from '@helpdesk/core';
import { PERIOD_DAYS } from '../query/period.js';
import { pathOf, type ReportQuery } from './paths.js';
import type { Report } from './report.js';

const PAGES = ['', '/team', '/stalls', '/lens', '/explore'] as const;

/** What stands above every report: which page, which period, the choices of both. */
export function presentHead(
  { ctx, period, before, span, timeZone }: Report,
  { page, query = {}, csv = '/tickets.csv' }: { page: string; query?: ReportQuery; csv?: string },
) {
  const date = (day: string) =>
    formatDate(`${day}T12:00:00Z`, { language: ctx.language, timeZone: 'UTC', now: ctx.now.toISOString() });
  const { f = [], g = [], ...single } = query;
  return {
    title: ctx.t(`reporting.page${page.replace('/', '.') || '.overview'}`),
    period: ctx.t('reporting.period', { from: date(period.from), to: date(period.to), timeZone }),
    before: ctx.t('reporting.periodBefore', { from: date(before.from), to: date(before.to) }),
    periods: PERIOD_DAYS.map((days) => ({
      text: ctx.t('reporting.days', { count: days }),
      href: pathOf(page, { ...query, days, from: undefined, to: undefined }),
      on: span.days === days,
    })),
    days: span.days ?? undefined,
    from: period.from,
    to: period.to,
    action: pathOf(page),
    // The form of the days carries the rest of the address.
    carried: [
      ...Object.entries(single).flatMap(([name, value]) =>
        value === undefined || value === null || ['days', 'from', 'to'].includes(name)
          ? []
          : [{ name, value }],
      ),
      ...f.map((value) => ({ name: 'f', value })),
      ...g.map((value) => ({ name: 'g', value })),
    ],
    pages: PAGES.filter(() => ctx.can('reporting.read')).map((path) => ({
      text: ctx.t(`reporting.page${path.replace('/', '.') || '.overview'}`),
      href: pathOf(path, span),
      on: path === page,
    })),
    // A figure's file has what the figure is made of; the others all tickets of the period.
    csv: ctx.can('reporting.export')
      ? pathOf(csv, csv === '/values.csv' ? { ...query, ...span } : span)
      : undefined,
    styles: ['reporting/reporting.css'],
  };
}
