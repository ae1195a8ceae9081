import type { App } from '../../database/app.js';
import { change } from '../../database/change.js';
import { dropKept } from './drop-kept.js';

/** How long the file of an import and what was wrong with it are kept after the last start. */
export const IMPORT_KEPT_DAYS = 30;
const DAY_MS = 24 * 3_600_000;

/**
 * Removes the file and the problems of an import, which hold what its rows say; the numbers stay. One that runs is left
 * alone. @returns whether there was something to forget
 */
export async function forgetImport(app: App, importId: number): Promise<boolean> {
  const sha256 = await change(app, async ({ trx }) => {
    const found: { sha256: string | null; state: string } | undefined = await trx('contact_imports')
      .where({ id: importId })
      .whereNotIn('state', ['checking', 'running'])
      .first('sha256', 'state');
    if (!found?.sha256) return undefined;
    await trx('contact_imports').where({ id: importId }).update({ sha256: null }).increment('pass', 1);
    await trx('contact_import_problems').where({ importId }).delete();
    return found.sha256;
  });
  if (sha256) await dropKept(app, sha256);
  return sha256 !== undefined;
}

/** Forgets what is old. @returns how many imports */
export async function forgetOldImports(app: App): Promise<number> {
  const before = new Date(app.now().getTime() - IMPORT_KEPT_DAYS * DAY_MS).toISOString();
  const old: { id: number }[] = await app
    .db('contact_imports')
    .whereNotNull('sha256')
    .whereNotIn('state', ['checking', 'running'])
    .whereRaw('coalesce(ended_at, started_at, checked_at, created_at) < ?', [before])
    .select('id');
  for (const { id } of old) await forgetImport(app, id);
  return old.length;
}
