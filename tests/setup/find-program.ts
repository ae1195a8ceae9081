import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first of `names` that is an executable file in one of `folders` or in PATH. */
export function findProgram(names: string[], folders: string[] = []): string | undefined {
  const inPath = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const places = [...folders, ...inPath];
  for (const name of names) {
    const found = places.map((folder) => join(folder, name)).find((path) => isExecutable(path));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where distributions keep PostgreSQL's server programs (outside PATH), newest version first. */
export function postgresFolders(): string[] {
  return ['/usr/lib/postgresql', '/opt/homebrew/opt', '/usr/local/opt'].flatMap((root) =>
    subfolders(root)
      .toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }))
      .map((version) => join(root, version, 'bin')),
  );
}

function subfolders(root: string): string[] {
  try {
    return readdirSync(root);
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
