import type { App } from '../../database/app.js';
import { eachProblem } from './list-problems.js';
import type { CsvSeparator } from './csv-types.js';
import { headerOf, type CsvWords } from './header-of.js';
import { sayProblem } from './say-problem.js';
import { BYTE_ORDER_MARK, writeCsvLine } from './write-csv.js';

/** What is wrong with the rows of an import, as a CSV file: row, column, what is wrong, what stands there. */
export async function* exportProblems(
  { db }: Pick<App, 'db'>,
  { importId, separator, words }: { importId: number; separator: CsvSeparator; words: CsvWords },
): AsyncGenerator<string> {
  const headers = ['line', 'field', 'problem', 'value'].map((name) => words(`core.csv.problems.${name}`));
  yield BYTE_ORDER_MARK + writeCsvLine(headers, separator);
  let lines: string[] = [];
  for await (const problem of eachProblem(db, importId)) {
    const field = problem.field ? headerOf(words, problem.field) : '';
    const cells = [String(problem.line), field, sayProblem(words, problem.problem), problem.value];
    lines.push(writeCsvLine(cells, separator));
    if (lines.length < 500) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}
