import { readFile, writeFile } from 'node:fs/promises';
import * as contracts from '@helpdesk/core/contracts';
import * as testing from '@helpdesk/core/testing';
import * as core from '@helpdesk/core';
import { describe, expect, it } from 'vitest';
import { satisfies } from '../../core/plugins/core-version.js';
import { readSource, sourceFiles } from '../architecture/read-imports.js';

const list = new URL('core-api.txt', import.meta.url);

describe('the public API of core', () => {
  it('is what the committed list says (UPDATE_API=1 writes it anew)', async () => {
    const now = [
      ...Object.keys(core).map((name) => `@helpdesk/core ${name}`),
      ...typesOf().map((name) => `@helpdesk/core type ${name}`),
      ...Object.keys(contracts).map((name) => `@helpdesk/core/contracts ${name}`),
      ...Object.keys(testing).map((name) => `@helpdesk/core/testing ${name}`),
    ].toSorted();
    if (process.env['UPDATE_API']) await writeFile(list, `${now.join('\n')}\n`);
    expect(now).toEqual((await readFile(list, 'utf8')).trim().split('\n'));
  });

  it('can grow without a plugin having to change', () => {
    const ranges = sourceFiles('plugins', ['package.json']).map(
      (file) => JSON.parse(readSource(file)).peerDependencies['@helpdesk/core'] as string,
    );
    expect(ranges.length).toBeGreaterThan(1);
    for (const range of ranges) {
      expect(satisfies('1.1.0', range)).toBe(true);
      expect(satisfies('1.99.3', range)).toBe(true);
      expect(satisfies('2.0.0', range)).toBe(false);
    }
  });
});

/** Types vanish at run time, so their names are read from the sources of the API. */
function typesOf(): string[] {
  const files = [
    'core/index.ts',
    ...['agents', 'contacts', 'tickets', 'channels'].map((name) => `core/${name}/public.ts`),
  ];
  return files.flatMap((file) => {
    const source = readSource(file);
    const mixed = [...source.matchAll(/\btype (\w+)/g)].map(([, name = '']) => name);
    const whole = [...source.matchAll(/export type \{([^}]*)\}/g)].flatMap(
      ([, names = '']) =>
      names.split(',').map((name) => name.trim()).filter(Boolean), // prettier-ignore
    );
    return [...new Set([...mixed, ...whole])];
  });
}
