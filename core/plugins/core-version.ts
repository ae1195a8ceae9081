import { readFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errors } from '../errors/errors.js';

function packageDir(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'package.json'))) dir = dirname(dir);
  return dir;
}

export const coreDir = packageDir();
export const coreVersion = (
  JSON.parse(readFileSync(join(coreDir, 'package.json'), 'utf8')) as { version: string }
).version;

/**
 * Whether a caret, tilde, exact, `>=` or `*` range holds for a version; release candidates of it count as it, so that a
 * plugin can be tried on what comes.
 */
export function satisfies(version: string, range: string): boolean {
  const [major = 0, minor = 0, patch = 0] = numbers(version);
  return range.split('||').some((one) => {
    const text = one.trim();
    if (text === '*' || text === '') return true;
    const [wantedMajor = 0, wantedMinor = 0, wantedPatch = 0] = numbers(text);
    const atLeast =
      major !== wantedMajor
        ? major > wantedMajor
        : minor !== wantedMinor
          ? minor > wantedMinor
          : patch >= wantedPatch;
    if (text.startsWith('>=')) return atLeast;
    if (text.startsWith('^')) return atLeast && major === wantedMajor && (major > 0 || minor === wantedMinor);
    if (text.startsWith('~')) return atLeast && major === wantedMajor && minor === wantedMinor;
    return major === wantedMajor && minor === wantedMinor && patch === wantedPatch;
  });
}

function numbers(text: string): number[] {
  return (/(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text)?.slice(1) ?? []).map((part) => Number(part ?? 0));
}

// Two cores in one process would have two catalogues, two caches, two of everything: better not to start.
const mark = Symbol.for('helpdesk.core');
const loaded = globalThis as typeof globalThis & { [mark]?: string };
export function refuseSecondCore(): void {
  const here = import.meta.url;
  if (loaded[mark] !== undefined && loaded[mark] !== here)
    throw errors.CORE_LOADED_TWICE({ first: loaded[mark], second: here });
  loaded[mark] = here;
}
