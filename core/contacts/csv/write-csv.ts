import type { CsvSeparator } from './csv-types.js';

// What spreadsheets take for the beginning of a formula, full-width forms included.
const formula = /^'*[=+\-@\t\r\n\0＝＋－＠]/u;

/** A cell that no spreadsheet runs: an apostrophe stands before what would begin a formula. */
export const guardFormula = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** The cell before it was guarded. */
export const unguardFormula = (text: string): string =>
  text.startsWith("'") && formula.test(text) ? text.slice(1) : text;

/** A line of a table by RFC 4180, its line break included; cells are guarded against formulas. */
export function writeCsvLine(cells: readonly string[], separator: CsvSeparator): string {
  return `${cells.map((cell) => quote(guardFormula(cell), separator)).join(separator)}\r\n`;
}

/** Begins a file that Excel shall read as UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

function quote(text: string, separator: CsvSeparator): string {
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
