import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface Import {
  /** Relative to the repository. */
  readonly file: string;
  readonly target: string;
  readonly isType: boolean;
}

export const root = new URL('../..', import.meta.url).pathname;

/** Source files below a folder, without tests, builds and dependencies. */
export function sourceFiles(folder: string, endings = ['.ts']): string[] {
  const found: string[] = [];
  const walk = (dir: string) => {
    for (const entry of readdirSync(join(root, dir), { withFileTypes: true })) {
      if (['node_modules', 'dist', '.git', 'data'].includes(entry.name)) continue;
      const path = join(dir, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (
        endings.some((ending) => path.endsWith(ending)) &&
        !path.endsWith('.test.ts') &&
        !path.endsWith('.d.ts')
      )
        found.push(relative('.', path));
    }
  };
  walk(folder);
  return found;
}

export const readSource = (file: string): string => readFileSync(join(root, file), 'utf8');

const statement = /^\s*(?:import|export)\s+(type\s+)?(?:[\w*\s{},$]+\s+from\s+)?['"]([^'"]+)['"]/gm;
const dynamic = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** What a file imports; `import { type A }` with types alone counts as a type import. */
export function importsOf(file: string, source: string): Import[] {
  const fixed = [...source.matchAll(statement)].map(([whole, type, target = '']) => ({
    file,
    target,
    isType: type !== undefined || isTypesOnly(whole),
  }));
  const lazy = [...source.matchAll(dynamic)].map(([, target = '']) => ({ file, target, isType: false }));
  return [...fixed, ...lazy];
}

function isTypesOnly(statementText: string): boolean {
  const names = /\{([^}]*)\}/.exec(statementText)?.[1];
  if (names === undefined || /import\s+\w+\s*,/.test(statementText)) return false;
  const list = names.split(',').map((name) => name.trim()).filter(Boolean); // prettier-ignore
  return list.length > 0 && list.every((name) => name.startsWith('type '));
}
