import type { App } from '@helpdesk/core';
import type { Knex } from 'knex';
import type { Language } from '../articles/article.js';
import { seenIn, type Scope } from '../articles/visible.js';
import type { Weighed } from './weigh-stems.js';

/** What a text has to have. Stems are letters and digits, as `toStems` makes them. */
export interface Wanted {
  /** Each of these. */
  readonly every?: readonly Weighed[];
  /** One of these at least. */
  readonly some?: readonly Weighed[];
  /** One of these at least, in the title. */
  readonly inTitle?: readonly Weighed[];
}

export interface MatchTexts {
  readonly wanted: Wanted;
  /** `best`: by rarity and title, reckoned for every match: only for stems that stand in few texts. */
  readonly order: 'newest' | 'best';
  readonly language: Language;
  readonly scope: Scope;
  readonly limit: number;
}

const TITLE = 6;

export interface Match {
  readonly id: number;
  readonly title: string;
}

/** Published texts. */
export async function matchTexts(
  { db, database }: Pick<App, 'db' | 'database'>,
  { wanted, order, language, scope, limit }: MatchTexts,
): Promise<Match[]> {
  const { every = [], some = [], inTitle = [] } = wanted;
  if (every.length + some.length + inTitle.length === 0) return [];
  const matched = database.engine === 'sqlite' ? inSqlite(db, wanted, order) : inPostgres(db, wanted, order);
  const rows: Match[] = await matched
    .where('kb_texts.language', language)
    .modify((query: Knex.QueryBuilder) => seenIn(query, scope))
    .limit(limit)
    .select('kb_texts.id', 'kb_versions.title');
  return rows;
}

function inSqlite(db: Knex, { every, some, inTitle }: Wanted, order: MatchTexts['order']): Knex.QueryBuilder {
  // Stems cannot break out of the quotes: they have none.
  const list = (stems: readonly Weighed[] | undefined, between: string) =>
    (stems ?? []).map(({ stem, isBeginning }) => `"${stem}"${isBeginning ? '*' : ''}`).join(between);
  const parts = [
    list(every, ' AND '),
    list(some, ' OR '),
    inTitle?.length ? `{title} : (${list(inTitle, ' OR ')})` : '',
  ];
  const match = parts
    .filter((part) => part !== '')
    .map((part) => `(${part})`)
    .join(' AND ');
  const query = db('kb_search')
    // In this order: the index first. Once the other tables have statistics, the index might be asked anew for each of their rows.
    .joinRaw('cross join kb_texts on kb_texts.id = kb_search.rowid')
    .joinRaw('cross join kb_articles on kb_articles.id = kb_texts.article_id')
    .joinRaw('cross join kb_versions on kb_versions.id = kb_texts.published_id')
    .whereRaw('kb_search match ?', [match]);
  return order === 'newest'
    ? query.orderByRaw('kb_search.rowid desc')
    : query.orderByRaw(`bm25(kb_search, ${TITLE}, 1)`);
}

function inPostgres(
  db: Knex,
  { every, some, inTitle }: Wanted,
  order: MatchTexts['order'],
): Knex.QueryBuilder {
  const list = (stems: readonly Weighed[] | undefined, between: string, label = '') =>
    (stems ?? [])
      .map(({ stem, isBeginning }) => {
        const marks = `${isBeginning ? '*' : ''}${label}`;
        return `'${stem}'${marks && `:${marks}`}`;
      })
      .join(between);
  const query = db('kb_search')
    .join('kb_texts', 'kb_texts.id', 'kb_search.id')
    .join('kb_articles', 'kb_articles.id', 'kb_texts.articleId')
    .join('kb_versions', 'kb_versions.id', 'kb_texts.publishedId');
  for (const match of [list(every, ' & '), list(some, ' | '), list(inTitle, ' | ', 'A')])
    if (match !== '') void query.whereRaw('words @@ ?::tsquery', [match]);
  if (order === 'newest') return query.orderBy('kb_search.id', 'desc');
  const scored = [...(every ?? []), ...(some ?? [])];
  const score = scored
    .map(
      () =>
        `(case when words @@ ?::tsquery then ?::float8 else 0 end) + (case when words @@ ?::tsquery then ?::float8 else 0 end)`,
    )
    .join(' + ');
  const given = scored.flatMap((one) => [
    list([one], ''),
    one.weight,
    list([one], '', 'A'),
    one.weight * (TITLE - 1),
  ]);
  return query.orderByRaw(`(${score}) desc, kb_search.id desc`, given);
}
