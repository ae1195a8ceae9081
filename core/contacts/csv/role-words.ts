import { fold } from '../../database/search/words.js';
import { listContactRoles } from '../queries/list-contact-roles.js';
import type { ImportingApp } from './csv-import.js';

/** Keys of roles by how a file may call them: the key, and its name in every language. */
export async function readRoleWords(app: Pick<ImportingApp, 'db' | 't'>): Promise<Map<string, string>> {
  const words = new Map<string, string>();
  for (const { key, name } of await listContactRoles(app.db, { includeArchived: true })) {
    const names = name === null ? [] : [name];
    const usual = ['ru', 'en'].map((language) => app.t(language, `core.contactRole.${key}`));
    for (const word of [...names, ...usual, key.replaceAll('_', ' '), key]) words.set(fold(word), key);
  }
  return words;
}
