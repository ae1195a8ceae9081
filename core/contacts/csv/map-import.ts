import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { storedTable, readTable } from './begin-import.js';
import { findTwice, identityFields, isColumn, type Column } from './columns.js';
import { findImport, noCounts, type CsvImport } from './csv-import.js';
import type { CsvDialect } from './csv-types.js';

/** What is wrong with an import or a choice of columns, as a text key; `column` is the one it is about. */
export type ImportOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly because: string; readonly column?: string };

const refusedFor = (problem: string, column?: string): ImportOutcome => ({
  ok: false,
  because: `core.csv.import.${problem}`,
  ...(column === undefined ? {} : { column }),
});

/** Only before anything was written can a file be read another way. */
const isOpen = ({ state, startedAt, sha256 }: CsvImport): boolean =>
  sha256 !== null && startedAt === null && ['mapping', 'checking', 'checked', 'failed'].includes(state);

/** Reads the file another way, and guesses its columns anew. @throws NOT_FOUND, CsvFault */
export async function changeDialect(
  app: App,
  { importId, dialect }: { importId: number; dialect: CsvDialect },
): Promise<ImportOutcome> {
  const found = await findImport(app.db, importId);
  if (!isOpen(found) || found.sha256 === null) return refusedFor('settled');
  const table = await readTable(app, { subject: found.subject, sha256: found.sha256, ...dialect });
  return save(app, found, { ...dialect, ...storedTable(table) });
}

/** Says what the columns mean. A dry run is due after it. @throws NOT_FOUND */
export async function mapColumns(
  app: App,
  input: { importId: number; columns: readonly Column[]; overwrites: boolean },
): Promise<ImportOutcome> {
  const found = await findImport(app.db, input.importId);
  if (!isOpen(found)) return refusedFor('settled');
  const columns = found.headers.map((_, at) => input.columns[at] ?? null);
  const wrong = columns.find((column) => column !== null && !isColumn(found.subject, column));
  if (wrong) return refusedFor('column', wrong);
  const twice = findTwice(columns);
  if (twice) return refusedFor('twice', twice);
  if (!columns.some((column) => column !== null && keysOf(found).includes(column)))
    return refusedFor('noKey');
  return save(app, found, {
    columns: JSON.stringify(columns),
    overwrites: input.overwrites ? 1 : 0,
  });
}

/** One of them must be there, or nobody could be recognised. */
const keysOf = ({ subject }: CsvImport): readonly string[] =>
  subject === 'contacts' ? ['id', ...identityFields] : ['id', 'name', 'domain'];

async function save(app: App, { id, pass }: CsvImport, fields: object): Promise<ImportOutcome> {
  const written = await change(app, async ({ trx }) => {
    const touched = await trx('contact_imports')
      .where({ id, pass })
      .whereNull('startedAt')
      .update({ ...fields, state: 'mapping', pass: pass + 1, line: 0, checked: JSON.stringify(noCounts) });
    if (touched === 1) await trx('contact_import_problems').where({ importId: id }).delete();
    return touched === 1;
  });
  return written ? { ok: true } : refusedFor('settled');
}
