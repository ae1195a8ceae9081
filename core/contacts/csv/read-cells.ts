import { splitColumn, type Column } from './columns.js';
import type { CsvRecord } from './csv-types.js';
import { rowProblem, type RowProblem } from './row-problem.js';
import { unguardFormula } from './write-csv.js';

/** The cells of a row by column; those that may stand in several columns in their order. */
export class Cells {
  readonly line: number;
  readonly problems: RowProblem[] = [];
  readonly #byColumn = new Map<string, string[]>();

  constructor({ line, cells }: CsvRecord, columns: readonly Column[]) {
    this.line = line;
    for (const [at, column] of columns.entries()) {
      const text = clean(cells[at] ?? '');
      if (column === null || text === '') continue;
      this.#byColumn.set(column, [...(this.#byColumn.get(column) ?? []), text]);
    }
    if (cells.slice(columns.length).some((cell) => cell.trim() !== ''))
      this.refuse('', 'cells', cells.slice(columns.length).join(' '));
  }

  refuse(column: string, problem: string, value: string): void {
    this.problems.push(rowProblem(this.line, splitColumn(column).field, problem, value));
  }

  /** The cell of a column; '' without one. @param most letters, more is a problem */
  text(column: string, most: number): string {
    const text = this.#byColumn.get(column)?.[0] ?? '';
    if (text.length <= most) return text;
    this.refuse(column, 'long', text);
    return '';
  }

  /** All values of a column that may hold several. */
  list(column: string, between: RegExp): string[] {
    const cells = this.#byColumn.get(column) ?? [];
    return cells.flatMap((cell) => cell.split(between)).flatMap((text) => text.trim() || []);
  }
}

/** A cell as it is stored: without what guarded it, without spaces around it, lines end with LF. */
export function clean(cell: string): string {
  const text = unguardFormula(cell).replaceAll('\0', '').replaceAll(/\r\n?/g, '\n');
  return text.toWellFormed().trim();
}
