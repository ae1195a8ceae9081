import type { DeskContext } from '@helpdesk/core';
import { readNames, type Names } from '../pages/names.js';
import { presentScore } from '../pages/present-answer.js';
import type { Services } from '../pages/survey-page.js';
import { listSurveys } from '../surveys/list-surveys.js';
import { filterQuery, readFilters } from './filters.js';
import { listAnswers, type AnswerRow } from './list-answers.js';
import { groupLabel, presentFilters, REPORT } from './present-report.js';

const SHOWN = 50;

/** The answers behind a number of the report. */
export async function answersPage(ctx: DeskContext, { segments }: Services): Promise<void> {
  const { db, viewer, timeZone, query } = ctx;
  const filters = readFilters(ctx);
  const { group } = query;
  const withComment = query['words'] === '1';
  const before = /^[1-9]\d{0,14}$/.test(query['before'] ?? '') ? Number(query['before']) : undefined;
  const [rows, names, surveys] = await Promise.all([
    listAnswers(db, { filters, viewer, timeZone, group, withComment, before, limit: SHOWN + 1 }),
    readNames(ctx.app, { segments, t: (key) => ctx.t(key) }),
    listSurveys(db, { includeRemoved: true }),
  ]);
  const shown = rows.slice(0, SHOWN);
  await ctx.render(
    'surveys/answers',
    {
      ...presentFilters(ctx, { filters, surveys }),
      ...presentLinks(ctx, { group, withComment, next: rows.length > SHOWN ? shown.at(-1)?.id : undefined }),
      group:
        group === undefined
          ? undefined
          : { value: group, label: groupLabel(ctx, names, { by: filters.by, group }) },
      answers: shown.map((row) => presentAnswer(ctx, row, names)),
    },
    { page: { styles: ['surveys/surveys.css'] } },
  );
}

/** Where one can go from here; each link keeps the rest of what was chosen. */
function presentLinks(
  ctx: DeskContext,
  { group, withComment, next }: { group?: string; withComment: boolean; next?: number },
) {
  const filters = readFilters(ctx);
  const ofGroup: Record<string, string> = group === undefined ? {} : { group };
  const ofWords: Record<string, string> = withComment ? { words: '1' } : {};
  const address = (more: Readonly<Record<string, string>>) =>
    `${REPORT}/answers?${filterQuery(filters, more)}`;
  return {
    backUrl: `${REPORT}?${filterQuery(filters)}`,
    csvUrl: `${REPORT}/answers.csv?${filterQuery(filters, { ...ofGroup, ...ofWords })}`,
    allUrl: address(ofWords),
    words: {
      text: ctx.t('surveys.answers.withComment'),
      on: withComment,
      href: address(withComment ? ofGroup : { ...ofGroup, words: '1' }),
    },
    nextUrl: next === undefined ? undefined : address({ ...ofGroup, ...ofWords, before: String(next) }),
  };
}

const presentAnswer = (ctx: DeskContext, row: AnswerRow, names: Names) => ({
  ...presentScore(row, (key, values) => ctx.t(key, values)),
  comment: row.comment,
  mayContact: row.mayContact === 1,
  at: row.answeredAt,
  contact: row.contact,
  contactUrl: `/desk/contacts/${row.contactId}`,
  number: row.number,
  subject: row.subject,
  ticketUrl: `/desk/tickets/${row.ticketId}`,
  agent: row.agentId === null ? undefined : names.of.agent.get(String(row.agentId)),
});
