import { can } from '../../agents/viewer.js';
import { findViewer } from '../../agents/queries/find-viewer.js';
import { change } from '../../database/change.js';
import { checkRows } from './check-rows.js';
import { findImport, type CsvImport, type ImportingApp } from './csv-import.js';
import { CsvFault } from './csv-types.js';
import { readRoleWords } from './role-words.js';
import type { ReadRows } from './read-contact-row.js';
import { writeRows } from './write-rows.js';

export interface RunPass {
  importId: number;
  /** The start that this is the work of; after another start there is nothing to do. */
  pass: number;
  /** Rows to write until `more` is answered; all when left out. */
  most?: number;
  signal?: AbortSignal;
}

/** Part of the work on a file. @throws Overtaken by another worker of the same pass */
export interface PassTools {
  readonly file: CsvImport;
  readonly rows: Omit<ReadRows, 'columns' | 'keys'>;
  readonly most: number;
  readonly signal: AbortSignal | undefined;
  /** Whether who started it may still do it. */
  readonly isAllowed: () => Promise<boolean>;
}

/**
 * Does the work of a start: a dry run, or writing, which goes on behind the last row that was written, whatever ended
 * it. Each batch commits with its place in the file, so no row is written twice and none is left out.
 * @returns `more` when `most` rows were written and others follow
 */
export async function runPass(
  app: ImportingApp,
  { importId, pass, most = Infinity, signal }: RunPass,
): Promise<'more' | 'ended'> {
  const file = await findImport(app.db, importId);
  if (file.pass !== pass || file.sha256 === null) return 'ended';
  const rows = { country: app.company.country, roles: await readRoleWords(app) };
  const tools: PassTools = { file, rows, most, signal, isAllowed: () => isAllowed(app, file) };
  try {
    if (file.state === 'checking') return await checkRows(app, tools);
    return file.state === 'running' ? await writeRows(app, tools) : 'ended';
  } catch (error) {
    if (!(error instanceof CsvFault)) throw error;
    await failPass(app, { importId, pass, because: error.key });
    return 'ended';
  }
}

/** Ends a pass that cannot go on; somebody may start it again. */
export async function failPass(
  app: ImportingApp,
  { importId, pass, because }: { importId: number; pass: number; because: string },
): Promise<void> {
  await change(app, ({ trx }) =>
    trx('contact_imports')
      .where({ id: importId, pass })
      .whereIn('state', ['checking', 'running'])
      .update({ state: 'failed', because, pass: pass + 1 }),
  );
}

async function isAllowed({ db }: ImportingApp, { agentId }: CsvImport): Promise<boolean> {
  if (agentId === null) return true;
  const viewer = await findViewer(db, agentId);
  return viewer !== undefined && can(viewer, 'contacts.import');
}
