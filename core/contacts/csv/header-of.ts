import { splitColumn } from './columns.js';

/** Says a text of core in the reader's language. */
export type CsvWords = (key: string) => string;

/** The header of a column, which is read again: `E-mail`, `Organization 2`. */
export function headerOf(words: CsvWords, column: string): string {
  const { field, group } = splitColumn(column);
  const name = words(`core.csv.column.${field}`);
  return group === 1 ? name : `${name} ${group}`;
}
