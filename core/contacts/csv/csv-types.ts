/** What a file lists. */
export const csvSubjects = ['contacts', 'organizations'] as const;
export type CsvSubject = (typeof csvSubjects)[number];

/** How the bytes of a file are letters. */
export const csvEncodings = ['utf-8', 'windows-1251', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export type CsvEncoding = (typeof csvEncodings)[number];

/** What stands between two cells. */
export const csvSeparators = [';', ',', '\t'] as const;
export type CsvSeparator = (typeof csvSeparators)[number];

export interface CsvDialect {
  readonly encoding: CsvEncoding;
  readonly separator: CsvSeparator;
}

/** A row as it stands in the file. `line` counts rows as a spreadsheet does, the first is 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

export const csvLimits = {
  /** Of the file, unpacked. */
  bytes: 50 * 1024 * 1024,
  rows: 200_000,
  columns: 300,
  /** Letters in one cell: an open quote must not swallow the file. */
  cell: 64 * 1024,
} as const;

/** Why a file cannot be read as a table, as a text key. */
export class CsvFault extends Error {
  readonly key: string;
  readonly line: number;
  constructor(what: 'unclosed' | 'cell' | 'columns' | 'rows' | 'bytes' | 'empty' | 'packed', line = 0) {
    super(`the table cannot be read: ${what}, row ${line}`);
    this.key = `core.csv.fault.${what}`;
    this.line = line;
  }
}
