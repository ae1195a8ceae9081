import { createReadStream, createWriteStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  beginImport,
  CsvFault,
  exportProblems,
  findImport,
  isSetUp,
  listProblems,
  mapColumns,
  runPass,
  sayProblem,
  startCheck,
  startRun,
  type Column,
  type CsvEncoding,
  type CsvImport,
  type HostApp,
  type ImportOutcome,
} from '@helpdesk/core';
import type { ConfigOptions } from '../config/load-config.js';
import { separatorOf, type SeparatorName } from '../contacts/separator-of.js';
import { errors } from '../errors.js';
import { actor, withApp } from '../with-app.js';

export interface ImportContactsOptions extends ConfigOptions {
  readonly file: string;
  readonly organizations?: boolean;
  readonly write?: boolean;
  readonly overwrite?: boolean;
  readonly column: readonly string[];
  readonly encoding?: CsvEncoding;
  readonly separator?: SeparatorName;
  readonly problems?: string;
  readonly json?: boolean;
}

/** Problems that are printed; all of them are in the file of --problems. */
const SHOWN = 20;

/** Checks a file, and writes it when asked to. @throws NOT_SET_UP, USAGE, INPUT_REFUSED */
export async function importContacts(options: ImportContactsOptions): Promise<number> {
  await access(options.file).catch(() => {
    throw errors.USAGE({ because: `There is no file ${options.file}`, command: 'import-contacts' });
  });
  return withApp(options, async (app) => {
    if (!(await isSetUp(app))) throw errors.NOT_SET_UP();
    const importId = await begin(app, options);
    await map(app, { importId, options });
    let file = await runThrough(app, { importId, start: startCheck });
    if (options.write && file.state === 'checked')
      file = await runThrough(app, { importId, start: startRun });
    if (file.because) throw errors.INPUT_REFUSED({ because: app.t('en', file.because) });
    if (options.problems !== undefined) await writeProblems(app, { importId, path: options.problems });
    await report(app, file, options);
    return 0;
  });
}

async function begin(app: HostApp, options: ImportContactsOptions): Promise<number> {
  const { file, encoding, separator } = options;
  try {
    return await beginImport(app, {
      subject: options.organizations ? 'organizations' : 'contacts',
      fileName: basename(file),
      content: createReadStream(file),
      dialect: {
        ...(encoding ? { encoding } : {}),
        ...(separator ? { separator: separatorOf(separator) } : {}),
      },
      actor,
    });
  } catch (error) {
    if (!(error instanceof CsvFault)) throw error;
    const row = error.line > 0 ? `Row ${error.line}: ` : '';
    throw errors.INPUT_REFUSED({ because: row + app.t('en', error.key) });
  }
}

async function map(
  app: HostApp,
  { importId, options }: { importId: number; options: ImportContactsOptions },
): Promise<void> {
  const { headers, columns } = await findImport(app.db, importId);
  const wanted = new Map(options.column.map(readColumn));
  for (const header of wanted.keys())
    if (!headers.includes(header))
      throw errors.USAGE({ because: `There is no column "${header}"`, command: 'import-contacts' });
  const meanings = headers.map(
    (header, at) => wanted.get(header) ?? (wanted.has(header) ? null : (columns[at] ?? null)),
  );
  refuse(app, await mapColumns(app, { importId, columns: meanings, overwrites: options.overwrite ?? false }));
  if (!options.json)
    process.stdout.write(headers.map((header, at) => `${header} → ${meanings[at] ?? '—'}\n`).join(''));
}

function readColumn(text: string): [string, Column] {
  const at = text.lastIndexOf('=');
  if (at < 1) throw errors.USAGE({ because: `"${text}" is no header=field`, command: 'import-contacts' });
  return [text.slice(0, at), text.slice(at + 1) || null];
}

function refuse(app: HostApp, outcome: ImportOutcome): void {
  if (outcome.ok) return;
  const column = outcome.column === undefined ? '' : ` (${outcome.column})`;
  throw errors.INPUT_REFUSED({ because: app.t('en', outcome.because) + column });
}

/** The file is read from its beginning each time: few and long turns. */
const ROWS_BETWEEN = 10_000;

/** Does all the work of a start here, and says how far it is to whoever watches. */
async function runThrough(
  app: HostApp,
  { importId, start }: { importId: number; start: typeof startCheck },
): Promise<CsvImport> {
  refuse(app, await start(app, { importId, actor }));
  const { pass } = await findImport(app.db, importId);
  for (;;) {
    const answer = await runPass(app, { importId, pass, most: ROWS_BETWEEN });
    const file = await findImport(app.db, importId);
    if (process.stderr.isTTY)
      process.stderr.write(`\r${Math.min(file.line, file.rows)} of ${file.rows} rows`);
    if (answer === 'more') continue;
    if (process.stderr.isTTY) process.stderr.write('\n');
    return file;
  }
}

async function writeProblems(
  app: HostApp,
  { importId, path }: { importId: number; path: string },
): Promise<void> {
  const words = (key: string) => app.t('en', key);
  const pieces = exportProblems(app, { importId, separator: ',', words });
  await pipeline(Readable.from(pieces), createWriteStream(path, { mode: 0o600 }));
}

async function report(app: HostApp, file: CsvImport, { json, write }: ImportContactsOptions): Promise<void> {
  const counts = write ? file.written : file.checked;
  if (json)
    return void process.stdout.write(
      `${JSON.stringify({ importId: file.id, state: file.state, ...counts })}\n`,
    );
  const problems = await listProblems(app.db, { importId: file.id, limit: SHOWN });
  for (const { line, field, problem, value } of problems)
    process.stdout.write(
      `Row ${line}, ${field || '—'}: ${sayProblem((key) => app.t('en', key), problem)} ${value}\n`,
    );
  const words = `${counts.new} new, ${counts.changed} changed, ${counts.same} as they are, ${counts.refused} left out.`;
  const ending = write ? '' : ' Nothing was written: add --write to do so.';
  process.stdout.write(`${write ? 'Written: ' : 'It would be: '}${words}${ending}\n`);
}
