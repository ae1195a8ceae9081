import { Readable } from 'node:stream';
import { writeCsvLine, type DeskContext } from '@helpdesk/core';
import { readNames, type Names } from '../pages/names.js';
import type { Services } from '../pages/survey-page.js';
import { listSurveys } from '../surveys/list-surveys.js';
import { readFilters } from './filters.js';
import { listAnswers, type AnswerRow } from './list-answers.js';

const BATCH = 1000;
const COLUMNS = [
  'answeredAt',
  'survey',
  'kind',
  'score',
  'comment',
  'mayContact',
  'number',
  'contact',
  'agent',
  'team',
  'line',
  'segment',
  'hat',
] as const;

/** All answers that the page lists, as a table for a spreadsheet; no cell of it is a formula. */
export async function csvPage(ctx: DeskContext, { segments }: Services): Promise<void> {
  const [names, surveys] = await Promise.all([
    readNames(ctx.app, { segments, t: (key) => ctx.t(key) }),
    listSurveys(ctx.db, { includeRemoved: true }),
  ]);
  const surveyNames = new Map(surveys.map(({ id, name }) => [id, name]));
  ctx.send(Readable.from(writeLines(ctx, { names, surveyNames })), {
    type: 'text/csv; charset=utf-8',
    headers: { 'Content-Disposition': 'attachment; filename="answers.csv"' },
  });
}

async function* writeLines(
  ctx: DeskContext,
  known: { names: Names; surveyNames: ReadonlyMap<number, string> },
): AsyncGenerator<string> {
  const { db, viewer, timeZone, query } = ctx;
  const filters = readFilters(ctx);
  const separator = ctx.language === 'ru' ? ';' : ',';
  // Excel takes the file for UTF-8 by its first character.
  yield `\uFEFF${writeCsvLine(
    COLUMNS.map((name) => ctx.t(`surveys.csv.${name}`)),
    separator,
  )}`;
  const wanted = { filters, viewer, timeZone, group: query['group'], withComment: query['words'] === '1' };
  for (let before: number | undefined; ;) {
    const rows = await listAnswers(db, { ...wanted, before, limit: BATCH });
    yield rows.map((row) => writeCsvLine(cellsOf(row, known), separator)).join('');
    if (rows.length < BATCH) return;
    before = rows.at(-1)?.id;
  }
}

function cellsOf(
  row: AnswerRow,
  { names, surveyNames }: { names: Names; surveyNames: ReadonlyMap<number, string> },
): string[] {
  const { of } = names;
  const name = (map: ReadonlyMap<string, string>, value: string | number | null) =>
    value === null ? '' : (map.get(String(value)) ?? String(value));
  return [
    row.answeredAt,
    surveyNames.get(row.surveyId) ?? '',
    row.kind,
    String(row.score),
    row.comment,
    String(row.mayContact),
    String(row.number),
    row.contact,
    name(of.agent, row.agentId),
    name(of.team, row.teamId),
    name(of.line, row.lineId),
    name(of.segment, row.segmentId),
    name(of.hat, row.hat),
  ];
}
