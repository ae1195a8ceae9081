import type { Knex } from 'knex';
import type { RowProblem } from './row-problem.js';

export interface ListProblems {
  readonly importId: number;
  /** The last one of the page before. */
  readonly after?: { readonly line: number; readonly id: number };
  readonly limit?: number;
}

/** What is wrong with the rows of an import, in the order of the file. */
export async function listProblems(
  db: Knex,
  { importId, after, limit = 100 }: ListProblems,
): Promise<(RowProblem & { readonly id: number })[]> {
  const rows = db('contact_import_problems').where({ importId }).orderBy('line').orderBy('id').limit(limit);
  if (after) void rows.whereRaw('(line, id) > (?, ?)', [after.line, after.id]);
  return rows.select('id', 'line', 'field', 'problem', 'value');
}

/** All of them, page by page. */
export async function* eachProblem(db: Knex, importId: number): AsyncGenerator<RowProblem> {
  const limit = 500;
  let after: { line: number; id: number } | undefined;
  for (;;) {
    const page = await listProblems(db, { importId, limit, ...(after ? { after } : {}) });
    yield* page;
    after = page.at(-1);
    if (page.length < limit) return;
  }
}
