import type { DeskContext } from '@helpdesk/core';
import { readNames } from '../pages/names.js';
import type { Services } from '../pages/survey-page.js';
import { listSurveys } from '../surveys/list-surveys.js';
import { readFilters } from './filters.js';
import { presentReport } from './present-report.js';
import { readReport } from './read-report.js';

/** How satisfied customers are, group by group. */
export async function reportPage(ctx: DeskContext, { segments }: Services): Promise<void> {
  const { db, viewer, timeZone } = ctx;
  const filters = readFilters(ctx);
  const [report, names, surveys] = await Promise.all([
    readReport(db, { filters, viewer, timeZone }),
    readNames(ctx.app, { segments, t: (key) => ctx.t(key) }),
    listSurveys(db, { includeRemoved: true }),
  ]);
  const data = presentReport(ctx, { report, filters, names, surveys });
  await ctx.render('surveys/report', data, { page: { styles: ['surveys/surveys.css'] } });
}
