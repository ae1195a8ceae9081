import { builtinModules } from 'node:module';
import { expect, it } from 'vitest';
import { importsOf, readSource, sourceFiles } from './read-imports.js';

type Names = Readonly<Record<string, string>> | undefined;
interface Manifest {
  readonly name: string;
  readonly dependencies?: Names;
  readonly peerDependencies?: Names;
  readonly devDependencies?: Names;
}

const folders = [
  'core',
  'plugins/desk',
  'plugins/email',
  'plugins/reporting',
  'plugins/routing',
  'plugins/sla',
  'plugins/surveys',
  'plugins/telegram',
  'plugins/portal',
  'plugins/knowledge-base',
  'plugins/web-chat',
  'plugins/whatsapp',
  'plugins/viber',
  'themes/default',
  'cli',
];
const manifest = (folder: string) => JSON.parse(readSource(`${folder}/package.json`)) as Manifest;
const packageOf = (target: string) =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
// Tools of tests among the sources, left out of the build; and text that becomes a source elsewhere.
const besides = [
  'plugins/desk/admin/visit-as.ts',
  ...['plugin-files', 'channel-files', 'channel-sources', 'channel-tests'].map(
    (name) => `cli/scaffold/${name}.ts`,
  ),
];
const isBuiltin = (target: string) => target.startsWith('node:') || builtinModules.includes(target);

it.each(folders)('%s declares every package that it imports, and no other', (folder) => {
  const own = manifest(folder);
  const declared = Object.keys({ ...own.dependencies, ...own.peerDependencies });
  // What serves tests alone stands at the root of the repository.
  const typesOnly = Object.keys({ ...own.devDependencies, ...manifest('.').devDependencies });
  const imports = sourceFiles(folder)
    .filter((file) => !besides.includes(file))
    .flatMap((file) => importsOf(file, readSource(file)))
    .filter(({ target }) => !target.startsWith('.') && !isBuiltin(target))
    .map((one) => ({ ...one, name: packageOf(one.target) }));
  const missing = imports.filter(
    ({ name, isType }) =>
      name !== own.name && !declared.includes(name) && !(isType && typesOnly.includes(name)),
  );
  expect(missing.map(({ file, name }) => `${file} → ${name}`)).toEqual([]);
  // knex asks for its driver by name.
  const used = new Set(['sqlite3', ...imports.map(({ name }) => name)]);
  expect(declared.filter((name) => !used.has(name))).toEqual([]);
});
