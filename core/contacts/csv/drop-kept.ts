import { rm } from 'node:fs/promises';
import type { App } from '../../database/app.js';

/** Removes a kept file that no import has any more: it holds what people would not have lying about. */
export async function dropKept({ db, files }: Pick<App, 'db' | 'files'>, sha256: string): Promise<void> {
  const used: unknown = await db('contact_imports').where({ sha256 }).first('id');
  if (used === undefined) await rm(files.path(sha256), { force: true });
}
