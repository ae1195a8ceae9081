import type { Knex } from 'knex';
import type { Language } from '../articles/article.js';

export interface Period {
  /** Days, both inside. */
  readonly from: string;
  readonly to: string;
}

export interface ReportRow {
  readonly articleId: number;
  readonly title: string;
  readonly language: Language;
  readonly views: number;
  readonly helpful: number;
  readonly answers: number;
  readonly avoided: number;
}

export interface ReportTotals {
  readonly views: number;
  readonly helpful: number;
  readonly answers: number;
  readonly avoided: number;
  readonly followed: number;
  readonly unknown: number;
}

const NEXT_DAY_MS = 24 * 3_600_000;
const dayAfter = (day: string) => new Date(Date.parse(day) + NEXT_DAY_MS).toISOString().slice(0, 10);
/** For times: days of UTC, as views are counted. */
const within = (column: string, { from, to }: Period) =>
  [column, [`${from}T00:00:00.000Z`, `${dayAfter(to)}T00:00:00.000Z`]] as const;

const TOP = 50;

/** Texts by how much they were read. */
export async function readReport(db: Knex, period: Period): Promise<ReportRow[]> {
  const views = db('kb_views')
    .whereBetween('day', [period.from, period.to])
    .groupBy('textId')
    .select('textId')
    .sum({ views: 'views' })
    .as('seen');
  const rated = db('kb_feedback')
    .whereBetween(...within('at', period))
    .groupBy('textId')
    .select('textId')
    .count({ answers: '*' })
    .sum({ helpful: 'isHelpful' })
    .as('rated');
  const avoided = db('kb_reads')
    .whereBetween(...within('at', period))
    .where({ state: 'avoided' })
    .groupBy('articleId')
    .select('articleId')
    .count({ avoided: '*' })
    .as('spared');
  const rows: ReportRow[] = await db('kb_texts')
    .join('kb_articles', 'kb_articles.id', 'kb_texts.articleId')
    .join(views, 'seen.textId', 'kb_texts.id')
    .leftJoin(rated, 'rated.textId', 'kb_texts.id')
    .leftJoin(avoided, (on) => {
      // Of the article, not of a translation of it: counted beside the original.
      on.on('spared.articleId', 'kb_texts.articleId').andOn('kb_texts.language', 'kb_articles.language');
    })
    .orderBy('seen.views', 'desc')
    .orderBy('kb_texts.id')
    .limit(TOP)
    .select({
      articleId: 'kb_texts.articleId',
      title: 'kb_texts.title',
      language: 'kb_texts.language',
      views: 'seen.views',
      helpful: 'rated.helpful',
      answers: 'rated.answers',
      avoided: 'spared.avoided',
    });
  return rows.map((row) => ({
    ...row,
    views: Number(row.views),
    helpful: Number(row.helpful ?? 0),
    answers: Number(row.answers ?? 0),
    avoided: Number(row.avoided ?? 0),
  }));
}

export async function readTotals(db: Knex, period: Period): Promise<ReportTotals> {
  const [[views], [rated], reads] = await Promise.all([
    db('kb_views')
      .whereBetween('day', [period.from, period.to])
      .sum<{ views: number | null }[]>({ views: 'views' }),
    db('kb_feedback')
      .whereBetween(...within('at', period))
      .count({ answers: '*' })
      .sum({ helpful: 'isHelpful' }) as Promise<{ answers: number; helpful: number | null }[]>,
    db('kb_reads')
      .whereBetween(...within('at', period))
      .groupBy('state')
      .select('state')
      .count({ count: '*' }) as Promise<{ state: string; count: number }[]>,
  ]);
  const of = (state: string) => Number(reads.find((row) => row.state === state)?.count ?? 0);
  return {
    views: Number(views?.views ?? 0),
    answers: Number(rated?.answers ?? 0),
    helpful: Number(rated?.helpful ?? 0),
    avoided: of('avoided'),
    followed: of('followed'),
    unknown: of('unknown'),
  };
}

export interface SearchedRow {
  readonly phrase: string;
  readonly language: Language;
  readonly searches: number;
  readonly lastDay: string;
}

/** What was looked for and not found the last time, the most wanted first. */
export async function listSearchedInVain(db: Knex, period: Period): Promise<SearchedRow[]> {
  const rows: SearchedRow[] = await db('kb_searches')
    .whereBetween('day', [period.from, period.to])
    .where({ results: 0 })
    .groupBy('phrase', 'language')
    .orderByRaw('sum(searches) desc, phrase')
    .limit(TOP)
    .select('phrase', 'language')
    .sum({ searches: 'searches' })
    .max({ lastDay: 'day' });
  return rows.map((row) => ({ ...row, searches: Number(row.searches) }));
}

export interface CommentRow {
  readonly articleId: number;
  readonly title: string;
  readonly language: Language;
  readonly comment: string;
  readonly isHelpful: number;
  readonly at: string;
}

/** What readers missed, the newest first. */
export async function listComments(db: Knex, period: Period): Promise<CommentRow[]> {
  const rows: CommentRow[] = await db('kb_feedback')
    .join('kb_texts', 'kb_texts.id', 'kb_feedback.textId')
    .whereBetween(...within('kb_feedback.at', period))
    .whereNot('kb_feedback.comment', '')
    .orderBy('kb_feedback.id', 'desc')
    .limit(TOP)
    .select({
      articleId: 'kb_feedback.articleId',
      title: 'kb_texts.title',
      language: 'kb_texts.language',
      comment: 'kb_feedback.comment',
      isHelpful: 'kb_feedback.isHelpful',
      at: 'kb_feedback.at',
    });
  return rows;
}
