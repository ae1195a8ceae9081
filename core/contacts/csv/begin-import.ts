import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import type { Actor } from '../../hooks/catalogue.js';
import type { Column } from './columns.js';
import { noCounts } from './csv-import.js';
import { CsvFault, type CsvDialect, type CsvSubject } from './csv-types.js';
import { dropKept } from './drop-kept.js';
import { guessColumns } from './guess-columns.js';
import { keepFile } from './keep-file.js';
import { readRecords } from './read-file.js';
import { clean } from './read-cells.js';

export interface BeginImport {
  subject: CsvSubject;
  fileName: string;
  content: Readable;
  /** Instead of what the file looks like. */
  dialect?: Partial<CsvDialect>;
  actor: Actor;
}

/**
 * Takes a file in: keeps it, tells how it is written and guesses what its columns mean. Nothing of it is taken over.
 * @returns the id of the import @throws CsvFault
 */
export async function beginImport(app: App, input: BeginImport): Promise<number> {
  const { subject, fileName, content, actor } = input;
  const kept = { ...(await keepFile(app, content)), ...input.dialect };
  const table = await readTable(app, { subject, ...kept }).catch(async (error: unknown) => {
    await dropKept(app, kept.sha256);
    throw error;
  });
  return change(app, async ({ trx, at }) => {
    const [row] = await trx('contact_imports')
      .insert({
        subject,
        fileName: basename(fileName.replaceAll('\\', '/')).slice(0, 200) || 'contacts.csv',
        ...kept,
        ...storedTable(table),
        state: 'mapping',
        checked: JSON.stringify(noCounts),
        written: JSON.stringify(noCounts),
        agentId: actor.kind === 'agent' ? Number(actor.id) : null,
        createdAt: at,
      })
      .returning<{ id: number }[]>('id');
    return (row as { id: number }).id;
  });
}

export interface Table {
  readonly headers: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: number;
}

export const storedTable = ({ headers, columns, rows }: Table) => ({
  headers: JSON.stringify(headers),
  columns: JSON.stringify(columns),
  rows,
});

const HEADER_SHOWN = 200;

/** Reads a kept file to its end: its headers, a guess at its columns, and how many rows it has. @throws CsvFault */
export async function readTable(
  app: Pick<App, 'files'>,
  { subject, ...place }: CsvDialect & { subject: CsvSubject; sha256: string },
): Promise<Table> {
  let headers: readonly string[] | undefined;
  let rows = 0;
  for await (const records of readRecords(app.files, place)) {
    headers ??= records[0]?.cells;
    rows += records.length;
  }
  if (!headers || rows < 2) throw new CsvFault('empty');
  const texts = headers.map((header) => clean(header).replaceAll('\n', ' ').slice(0, HEADER_SHOWN));
  return { headers: texts, columns: guessColumns(subject, texts), rows: rows - 1 };
}
