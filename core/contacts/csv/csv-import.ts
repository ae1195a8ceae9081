import type { Knex } from 'knex';
import type { App } from '../../database/app.js';
import { errors } from '../../errors/errors.js';
import type { Column } from './columns.js';
import type { CsvEncoding, CsvSeparator, CsvSubject } from './csv-types.js';

/**
 * `mapping`: somebody says what the columns mean. `checking`: a dry run. `checked`: it may run. `running`, then `done`;
 * or `stopped` by somebody, or `failed`, and both can go on where they ended.
 */
export type ImportState = 'mapping' | 'checking' | 'checked' | 'running' | 'stopped' | 'failed' | 'done';

/** How many rows make a contact or organization, change one, change nothing, or are left out. */
export interface RowCounts {
  readonly new: number;
  readonly changed: number;
  readonly same: number;
  readonly refused: number;
}
export const noCounts: RowCounts = { new: 0, changed: 0, same: 0, refused: 0 };

export interface CsvImport {
  readonly id: number;
  readonly subject: CsvSubject;
  readonly fileName: string;
  /** Null once the file was forgotten. */
  readonly sha256: string | null;
  readonly encoding: CsvEncoding;
  readonly separator: CsvSeparator;
  readonly headers: readonly string[];
  readonly columns: readonly Column[];
  /** Below the headers. */
  readonly rows: number;
  readonly overwrites: boolean;
  readonly state: ImportState;
  readonly pass: number;
  readonly line: number;
  /** What the dry run says. */
  readonly checked: RowCounts;
  /** What was written so far. */
  readonly written: RowCounts;
  /** A text key. */
  readonly because: string | null;
  readonly agentId: number | null;
  readonly createdAt: string;
  readonly checkedAt: string | null;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

type ImportRow = Omit<CsvImport, 'headers' | 'columns' | 'checked' | 'written' | 'overwrites'> & {
  headers: string;
  columns: string;
  checked: string;
  written: string;
  overwrites: number;
};

/** The desk as an import needs it. */
export interface ImportingApp extends App {
  readonly company: { readonly country: string };
  t(language: string, key: string, values?: Readonly<Record<string, unknown>>): string;
}

/** @throws NOT_FOUND */
export async function findImport(db: Knex, importId: number): Promise<CsvImport> {
  const row: ImportRow | undefined = await db('contact_imports').where({ id: importId }).first();
  if (!row) throw errors.NOT_FOUND();
  return toImport(row);
}

/** The newest first. */
export async function listImports(
  db: Knex,
  { before, limit = 50 }: { before?: number; limit?: number } = {},
): Promise<CsvImport[]> {
  const rows = db('contact_imports').orderBy('id', 'desc').limit(limit);
  if (before !== undefined) void rows.where('id', '<', before);
  return ((await rows) as ImportRow[]).map(toImport);
}

// The columns were written as JSON by this folder alone.
const toImport = ({ headers, columns, checked, written, overwrites, ...row }: ImportRow): CsvImport => ({
  ...row,
  overwrites: overwrites === 1,
  headers: JSON.parse(headers) as string[],
  columns: JSON.parse(columns) as Column[],
  checked: JSON.parse(checked) as RowCounts,
  written: JSON.parse(written) as RowCounts,
});
