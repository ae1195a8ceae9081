import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = new URL('../..', import.meta.url).pathname;
const conditions = `conditions: ['@helpdesk/source']`;
// Of the plugin alone: core is linked in beside it, tests and all.
const vitestConfig = `export default {
  resolve: { ${conditions} },
  ssr: { resolve: { ${conditions} } },
  test: {
    include: ['plugins/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
};
`;
const typesConfig = JSON.stringify({
  extends: './tsconfig.base.json',
  compilerOptions: {
    noEmit: true,
    composite: false,
    declaration: false,
    declarationMap: false,
    customConditions: ['@helpdesk/source'],
    lib: ['es2024', 'dom'],
  },
  include: ['plugins/**/*.ts', 'core/web/multer.d.ts', 'core/database/search/snowball-stemmers.d.ts'],
});

/** A checkout of somebody who writes a plugin: their files, with core and its packages linked in. */
export interface PluginPlace {
  /** What the compiler says of their files; what core itself gets wrong is said where core is checked. */
  compile(): Promise<string[]>;
  /** Full names of the tests that passed, and what went wrong. */
  test(): Promise<{ passed: string[]; failures: unknown[] }>;
  remove(): Promise<void>;
}

/** @param files by path, as `plugins/parts/index.ts` */
export async function makePluginPlace(files: Readonly<Record<string, string>>): Promise<PluginPlace> {
  const place = await mkdtemp(join(tmpdir(), 'new-plugin-'));
  const all = { 'vitest.config.mjs': vitestConfig, 'tsconfig.json': typesConfig, ...files };
  for (const [path, content] of Object.entries(all)) {
    await mkdir(dirname(join(place, path)), { recursive: true });
    await writeFile(join(place, path), content);
  }
  await copyFile(join(root, 'tsconfig.base.json'), join(place, 'tsconfig.base.json'));
  for (const name of ['node_modules', 'core']) await symlink(join(root, name), join(place, name));
  const runNode = async (script: string, args: readonly string[]): Promise<string> => {
    const { stdout } = await run(process.execPath, [join(root, 'node_modules', script), ...args], {
      cwd: place,
      // Not a worker of the run that this test belongs to.
      env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'))),
      maxBuffer: 16 * 1024 * 1024,
    }).catch((error: { stdout: string }) => error);
    return stdout;
  };
  return {
    async compile() {
      const said = await runNode('typescript/bin/tsc', ['-p', place, '--pretty', 'false']);
      return said.split('\n').filter((line) => line.includes('error TS') && !line.startsWith('..'));
    },
    async test() {
      const said = await runNode('vitest/vitest.mjs', ['run', '--root', place, '--reporter=json']);
      const { testResults } = JSON.parse(said.slice(said.indexOf('{'))) as Report;
      const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
      return {
        passed: tests.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName),
        failures: [
          ...testResults.map(({ message }) => message).filter(Boolean),
          ...tests.filter(({ status }) => status !== 'passed'),
        ],
      };
    },
    remove: () => rm(place, { recursive: true, force: true }),
  };
}

interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

/** The files of a plugin under the path where it lies. */
export const under = (folder: string, files: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]));
