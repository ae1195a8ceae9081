import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The texts of one language, by full key (`surveys.thanks`). */
export type FlatTexts = ReadonlyMap<string, string>;

/**
 * Read `<dir>/locales/<language>.json` and `<language>.<part>.json` (i18next JSON v4, nested or flat) of one owner.
 * Keys become `<owner>.<what>`; a file that already says `<owner>.` is taken as it is.
 * No `locales` folder means no texts. Throws with the file's name when a file is not a tree of strings.
 */
export function readTextFiles(owner: string, dir: string): Map<string, FlatTexts> {
  const folder = join(dir, 'locales');
  const byLanguage = new Map<string, FlatTexts>();
  for (const name of listJsonFiles(folder)) {
    const [language = ''] = name.split('.');
    const texts = new Map(byLanguage.get(language));
    flatten({ owner, file: join(folder, name), into: texts }, '', readJson(join(folder, name)));
    byLanguage.set(language, texts);
  }
  return byLanguage;
}

interface Target {
  owner: string;
  file: string;
  into: Map<string, string>;
}

function listJsonFiles(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .toSorted();
  } catch {
    return [];
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new Error(`The text file ${file} is not valid JSON`, { cause });
  }
}

function flatten(target: Target, prefix: string, value: unknown): void {
  if (typeof value === 'string') {
    const start = `${target.owner}.`;
    target.into.set(prefix.startsWith(start) ? prefix : start + prefix, value);
  } else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) {
      flatten(target, prefix === '' ? key : `${prefix}.${key}`, inner);
    }
  } else {
    throw new Error(`The text file ${target.file} has something other than a text at "${prefix}"`);
  }
}
