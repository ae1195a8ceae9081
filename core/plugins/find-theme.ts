import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { coreDir } from './core-version.js';

/** `themes/<id>` where the desk was started, else an installed package, else beside core in the repository. */
export function findThemeFolder(id: string): string | undefined {
  const local = resolve('themes', id);
  if (existsSync(join(local, 'theme.json'))) return local;
  for (const name of [id, `@helpdesk/theme-${id}`]) {
    try {
      return dirname(createRequire(join(coreDir, 'package.json')).resolve(`${name}/package.json`));
    } catch {
      continue;
    }
  }
  const beside = join(coreDir, '..', 'themes', id);
  return existsSync(join(beside, 'theme.json')) ? beside : undefined;
}
