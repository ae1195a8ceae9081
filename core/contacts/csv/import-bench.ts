import { Readable } from 'node:stream';
import type { Actor } from '../../hooks/catalogue.js';
import { createTexts } from '../../i18n/create-texts.js';
import type { TestApp } from '../../testing/test-app.js';
import { beginImport, type BeginImport } from './begin-import.js';
import type { Column } from './columns.js';
import { findImport, type CsvImport, type ImportingApp } from './csv-import.js';
import { listProblems } from './list-problems.js';
import { mapColumns } from './map-import.js';
import { runPass } from './run-pass.js';
import { startCheck, startRun } from './start-pass.js';

const actor: Actor = { kind: 'system', id: 'test' };
const texts = createTexts(['en', 'ru']);
texts.addTexts('core', new URL('../../i18n', import.meta.url).pathname);

/** Imports files in tests, step by step. */
export function importBench(testApp: TestApp) {
  const app: ImportingApp & TestApp = { ...testApp, company: { country: 'RU' }, t: texts.t };

  const begin = (content: string | Uint8Array, more: Partial<BeginImport> = {}) =>
    beginImport(app, {
      subject: 'contacts',
      fileName: 'people.csv',
      content: Readable.from([Buffer.from(content)]),
      actor,
      ...more,
    });

  async function map(
    importId: number,
    { columns, overwrites = false }: { columns?: readonly Column[]; overwrites?: boolean } = {},
  ): Promise<void> {
    const file = await findImport(app.db, importId);
    const outcome = await mapColumns(app, { importId, columns: columns ?? file.columns, overwrites });
    if (!outcome.ok) throw new Error(outcome.because);
  }

  async function check(importId: number): Promise<CsvImport> {
    const outcome = await startCheck(app, { importId, actor });
    if (!outcome.ok) throw new Error(outcome.because);
    await runPass(app, { importId, pass: (await findImport(app.db, importId)).pass });
    return findImport(app.db, importId);
  }

  async function run(importId: number): Promise<CsvImport> {
    const outcome = await startRun(app, { importId, actor });
    if (!outcome.ok) throw new Error(outcome.because);
    await runPass(app, { importId, pass: (await findImport(app.db, importId)).pass });
    return findImport(app.db, importId);
  }

  /** All of it, and what was wrong: `row field problem`. */
  async function take(content: string, more: Partial<BeginImport> & { overwrites?: boolean } = {}) {
    const importId = await begin(content, more);
    await map(importId, { overwrites: more.overwrites ?? false });
    const checked = await check(importId);
    const done = await run(importId);
    const problems = (await listProblems(app.db, { importId })).map(
      ({ line, field, problem }) => `${line} ${field} ${problem}`,
    );
    return { importId, checked: checked.checked, written: done.written, state: done.state, problems };
  }

  return { app, begin, map, check, run, take };
}
