import type { DeskContext } from '@helpdesk/core';
import { articleUrl, BASE, PAGE } from '../desk/place.js';
import { listComments, listSearchedInVain, readReport, readTotals, type Period } from './read-report.js';

const DAYS = [7, 30, 90, 365] as const;
const DAY_MS = 24 * 3_600_000;

/** What articles did: who read them, whom they helped, what is missing, which tickets were not written. */
export async function reportPage(ctx: DeskContext): Promise<void> {
  const { db, now, query, t } = ctx;
  const days = DAYS.find((choice) => String(choice) === query['days']) ?? 30;
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const period: Period = { from: day(now.getTime() - (days - 1) * DAY_MS), to: day(now.getTime()) };
  const [rows, totals, searches, comments] = await Promise.all([
    readReport(db, period),
    readTotals(db, period),
    listSearchedInVain(db, period),
    listComments(db, period),
  ]);
  await ctx.render(
    'knowledge-base/report',
    {
      listUrl: BASE,
      periods: DAYS.map((choice) => ({
        text: t('knowledge-base.report.days', { count: choice }),
        href: `${BASE}/report?days=${choice}`,
        on: choice === days,
      })),
      totals: { ...totals, share: shareOf(totals), hasAnswers: totals.answers > 0 },
      unknown: t('knowledge-base.report.unknown', { count: totals.unknown }),
      followed: t('knowledge-base.report.followed', { count: totals.followed }),
      ofAnswers: t('knowledge-base.report.ofAnswers', { count: totals.answers }),
      rows: rows.map((row) => ({
        ...row,
        href: articleUrl(row.articleId, row.language),
        share: shareOf(row),
        hasAnswers: row.answers > 0,
      })),
      searches: searches.map((row) => ({
        ...row,
        languageName: t(`knowledge-base.language.${row.language}`),
        newUrl: `${BASE}/new?${new URLSearchParams({ lang: row.language, title: row.phrase }).toString()}`,
      })),
      comments: comments.map((row) => ({
        ...row,
        isHelpful: row.isHelpful === 1,
        href: articleUrl(row.articleId, row.language),
      })),
    },
    PAGE,
  );
}

const shareOf = ({ helpful, answers }: { helpful: number; answers: number }): number =>
  answers === 0 ? 0 : helpful / answers;
