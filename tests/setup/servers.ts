import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { findProgram } from './find-program.js';
import { findPostgres, startPostgres, type PostgresCluster } from './postgres.js';

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

let postgres: PostgresCluster | undefined;

/**
 * What the whole test run shares: one private PostgreSQL, and where Dovecot and Chromium are, told to the tests
 * by HELPDESK_TEST_POSTGRES (URL), HELPDESK_TEST_DOVECOT and HELPDESK_TEST_CHROMIUM (paths). What is missing is
 * named and left unset, or refused when HELPDESK_REQUIRE_ALL=1. A variable that is set already is kept.
 */
export async function setup(): Promise<void> {
  await build();
  const initdb = process.env['HELPDESK_TEST_POSTGRES'] ?? findPostgres();
  const missing = [
    offer('HELPDESK_TEST_DOVECOT', findProgram(['dovecot'], ['/usr/sbin', '/usr/local/sbin']), {
      name: 'Dovecot',
      apt: 'dovecot-imapd',
    }),
    offer('HELPDESK_TEST_CHROMIUM', findProgram(CHROMIUM_NAMES, ['/usr/bin']), {
      name: 'Chromium',
      apt: 'chromium',
    }),
    initdb === undefined ? 'PostgreSQL is not installed (apt-get install postgresql)' : undefined,
  ].filter((line) => line !== undefined);
  for (const line of missing) console.log(`skipped: ${line}`);
  if (missing.length > 0 && process.env['HELPDESK_REQUIRE_ALL'] === '1') throw new Error(missing.join('; '));
  if (initdb === undefined || process.env['HELPDESK_TEST_POSTGRES'] !== undefined) return;
  postgres = await startPostgres(initdb);
  process.env['HELPDESK_TEST_POSTGRES'] = postgres.url;
}

/** Tests that start the desk as a process of its own start what is built. */
async function build(): Promise<void> {
  const tsc = createRequire(import.meta.url)
    .resolve('typescript/package.json')
    .replace('package.json', 'bin/tsc');
  const cwd = new URL('../..', import.meta.url);
  await promisify(execFile)(process.execPath, [tsc, '-b'], { cwd }).catch((error: { stdout?: string }) => {
    if (process.env['HELPDESK_REQUIRE_ALL'] === '1') throw error;
    console.log(
      `the build has mistakes; tests of the built desk run what was built before:\n${error.stdout}`,
    );
  });
}

export async function teardown(): Promise<void> {
  if (postgres === undefined) return;
  await postgres.stop();
  postgres = undefined;
  delete process.env['HELPDESK_TEST_POSTGRES'];
}

function offer(
  variable: string,
  found: string | undefined,
  program: { name: string; apt: string },
): string | undefined {
  if (process.env[variable] !== undefined) return undefined;
  if (found === undefined) return `${program.name} is not installed (apt-get install ${program.apt})`;
  process.env[variable] = found;
  return undefined;
}
