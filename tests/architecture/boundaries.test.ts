import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, readSource, sourceFiles, type Import } from './read-imports.js';

/** Core's folders from the bottom up; a folder may import its own level and those below. */
const levels = [
  ['config', 'errors', 'log', 'i18n', 'html'],
  ['hooks'],
  ['services'],
  ['contracts'],
  ['database'],
  ['contacts', 'tickets', 'agents'],
  ['channels', 'jobs'],
  ['views', 'web'],
  ['plugins'],
  ['setup', 'import'],
  ['app.ts', 'core-hooks.ts', 'core-migrations.ts', 'index.ts', 'testing'],
];
/** Where something looks upward, and why that is right. Types vanish when the code runs. */
const upward: Readonly<Record<string, string>> = {
  'core/config/settings.ts': 'settings are kept in the database',
  'core/contracts/index.ts': 'names the frame services of the web',
  'core/plugins/compose.ts': 'the catalogue of core itself',
  'core/plugins/core-schedules.ts': 'core acts by the clock',
};

const levelOf = (path: string): number => {
  const name = path.split('/')[1] ?? '';
  return levels.findIndex((level) => level.includes(name));
};

function upwardImports(imports: readonly Import[]): string[] {
  return imports
    .filter(({ target, isType, file }) => target.startsWith('.') && !isType && upward[file] === undefined)
    .map(({ file, target }) => ({ file, to: join(dirname(file), target) }))
    .filter(({ file, to }) => levelOf(to.replace(/\.js$/, '.ts')) > levelOf(file))
    .map(({ file, to }) => `${file} → ${to}`);
}

const importsBelow = (folder: string) =>
  sourceFiles(folder).flatMap((file) => importsOf(file, readSource(file)));

describe('who may import whom', () => {
  it('core looks down only', () => {
    expect(upwardImports(importsBelow('core'))).toEqual([]);
    const wrong = importsOf('core/errors/x.ts', "import { change } from '../database/change.js';");
    expect(upwardImports(wrong)).toHaveLength(1);
    const types = importsOf('core/errors/x.ts', "import type { App } from '../database/app.js';");
    expect(upwardImports(types)).toEqual([]);
  });

  it('core imports no other package of the house', () => {
    const others = (imports: readonly Import[]) =>
      imports.filter(({ target }) => target.startsWith('@helpdesk/'));
    expect(others(importsBelow('core'))).toEqual([]);
    expect(others(importsOf('core/x.ts', "import { desk } from '@helpdesk/plugin-desk';"))).toHaveLength(1);
  });

  it('plugins import core, contracts of others and npm', () => {
    const wrong = (imports: readonly Import[]) =>
      imports.filter(
        ({ target, file }) =>
          (target.startsWith('@helpdesk/') &&
            !/^@helpdesk\/(core(\/contracts|\/testing)?|plugin-[\w-]+\/contract)$/.test(target)) ||
          (target.startsWith('..') &&
            !join(dirname(file), target).startsWith(file.split('/').slice(0, 2).join('/'))),
      );
    // The worker that parses mail loads core's sanitiser alone, by its file; see load-sanitiser.ts.
    expect(wrong(importsBelow('plugins')).filter(({ file }) => !file.endsWith('load-sanitiser.ts'))).toEqual(
      [],
    );
    expect(wrong(importsOf('plugins/a/x.ts', "import { b } from '../b/index.js';"))).toHaveLength(1);
    expect(
      wrong(importsOf('plugins/a/x.ts', "import { b } from '@helpdesk/core/database/change.js';")),
    ).toHaveLength(1);
  });

  it('themes have no code but what browsers run', () => {
    expect(sourceFiles('themes', ['.ts', '.mts', '.cjs'])).toEqual([]);
  });
});

describe('what only one file does', () => {
  const only = (pattern: RegExp, folder: string, allowed: readonly string[]) =>
    sourceFiles(folder).filter((file) => !allowed.includes(file) && pattern.test(readSource(file)));

  it('database drivers are named in two files', () => {
    const drivers = /from '(pg|sqlite3|knex\/[^']*)'/;
    expect(
      only(drivers, 'core', [
        'core/database/connect.ts',
        'core/jobs/listen.ts',
        'core/testing/test-database.ts',
      ]),
    ).toEqual([]);
    expect(drivers.test("import pg from 'pg';")).toBe(true);
  });

  it('tapable stands behind the bus', () => {
    expect(only(/from 'tapable'/, 'core', ['core/hooks/bus.ts'])).toEqual([]);
  });

  it('one function marks HTML safe', () => {
    expect(only(/new (Handlebars\.)?SafeString/, 'core', ['core/views/safe-html.ts'])).toEqual([]);
    expect(only(/SafeString/, 'plugins', [])).toEqual([]);
  });

  it('transactions are begun by change() alone', () => {
    const begins = /\.transaction\(/;
    const allowed = ['core/database/change.ts', 'core/database/sqlite-client.ts', 'core/jobs/run-batches.ts'];
    expect(only(begins, 'core', allowed)).toEqual([]);
    expect(only(begins, 'plugins', [])).toEqual([]);
  });

  it('no template prints unescaped', () => {
    const triple = sourceFiles('.', ['.hbs']).filter((file) => readSource(file).includes('{{{'));
    expect(triple).toEqual([]);
  });

  it('the clock is asked in one place', () => {
    const clock = /\bDate\.now\(\)|new Date\(\)/;
    const allowed = ['core/app.ts', 'core/testing/test-database.ts', 'core/testing/test-desk.ts'];
    expect(only(clock, 'core', allowed)).toEqual([]);
    expect(only(clock, 'plugins', [])).toEqual([]);
    expect(clock.test('const at = new Date();')).toBe(true);
  });
});
