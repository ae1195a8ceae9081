import { failPass, forgetOldImports, runPass } from '@helpdesk/core';
import type { DeskTools } from '../../tools.js';
import { sendContacts, sendOrganizations } from './export-files.js';
import { forReaders } from './for-readers.js';
import { importActions } from './import-actions.js';
import { importPage, sendProblems } from './import-page.js';
import { importsPage, takeFile } from './imports-page.js';
import { mappingActions } from './mapping-actions.js';

const IMPORT = { permission: 'contacts.import' } as const;
const EXPORT = { permission: 'contacts.export' } as const;

/** Rows that one run of the job writes, so that no run takes longer than a job may. */
const ROWS_AT_A_TIME = 20_000;
const TRIES = 5;

/** What a run of the job is about; see `runPass`. */
export interface ImportWork {
  readonly importId: number;
  readonly pass: number;
}

/** Contacts and organizations as CSV files, in and out. Registered before the cards, whose ids are any word. */
export function registerCsv({ app, desk, job, schedule }: DeskTools): void {
  const work = job<ImportWork>(
    'importContacts',
    async ({ importId, pass }, { signal, attempt }) => {
      try {
        const answer = await runPass(app, { importId, pass, signal, most: ROWS_AT_A_TIME });
        if (answer === 'more') await work.now({ importId, pass });
      } catch (error) {
        if (attempt >= TRIES) await failPass(app, { importId, pass, because: 'core.csv.import.broken' });
        throw error;
      }
    },
    { maxAttempts: TRIES },
  );
  schedule('forgetImports', { cron: '23 4 * * *' }, () => forgetOldImports(app));

  desk.get('/contacts/export.csv', EXPORT, forReaders(sendContacts));
  desk.get('/organizations/export.csv', EXPORT, forReaders(sendOrganizations));
  desk.get(
    '/contacts/import',
    IMPORT,
    forReaders((ctx) => importsPage(ctx)),
  );
  desk.post('/contacts/import', IMPORT, forReaders(takeFile));
  desk.get(
    '/contacts/import/:id',
    IMPORT,
    forReaders((ctx) => importPage(ctx)),
  );
  desk.get('/contacts/import/:id/problems.csv', IMPORT, forReaders(sendProblems));
  const { changeDialectPage, checkPage } = mappingActions(work);
  desk.post('/contacts/import/:id/dialect', IMPORT, forReaders(changeDialectPage));
  desk.post('/contacts/import/:id/check', IMPORT, forReaders(checkPage));
  const { run, stop, forget } = importActions(work);
  desk.post('/contacts/import/:id/run', IMPORT, forReaders(run));
  desk.post('/contacts/import/:id/stop', IMPORT, forReaders(stop));
  desk.post('/contacts/import/:id/forget', IMPORT, forReaders(forget));
}
