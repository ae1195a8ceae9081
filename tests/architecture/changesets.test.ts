import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSource, root, sourceFiles } from './read-imports.js';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
}

const packages = ['core', 'cli', 'plugins', 'themes']
  .flatMap((folder) => sourceFiles(folder, ['/package.json']))
  .map((file) => ({ folder: dirname(file), ...(JSON.parse(readSource(file)) as Manifest) }))
  .filter((one) => !one.private);

const changesets = readdirSync(join(root, '.changeset'))
  .filter((file) => file.endsWith('.md') && file !== 'README.md')
  .map((file) => readChangeset(file, readSource(`.changeset/${file}`)));

function readChangeset(file: string, source: string) {
  const [, head = '', words = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(source) ?? [];
  const bumps = head.split('\n').map((line) => {
    const [, name = line, bump = ''] = /^'([^']+)': (\w+)$/.exec(line) ?? [];
    return { name, bump };
  });
  return { file, bumps, words: words.trim() };
}

/** The version above the others in the package's own history, which changesets writes when it raises a version. */
function releasedVersion(folder: string): string | undefined {
  const file = `${folder}/CHANGELOG.md`;
  return existsSync(join(root, file)) ? /^## (\S+)$/m.exec(readSource(file))?.[1] : undefined;
}

describe('changesets', () => {
  it.each(packages)(
    'tell what is new in $name, or its version is told already',
    ({ name, version, folder }) => {
      const isNamed = changesets.some(({ bumps }) => bumps.some((bump) => bump.name === name));
      expect(isNamed || releasedVersion(folder) === version).toBe(true);
    },
  );

  it.each(changesets)(
    '$file names packages that are published, and says what changed',
    ({ bumps, words }) => {
      const names = new Set(packages.map(({ name }) => name));
      expect(
        bumps.filter(({ name, bump }) => !names.has(name) || !/^(patch|minor|major)$/.test(bump)),
      ).toEqual([]);
      expect(words).not.toBe('');
    },
  );
});
