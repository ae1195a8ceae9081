import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostApp } from '../plugins/host-app.js';

type Place = Pick<HostApp, 'config'>;

const fileOf = ({ config }: Place) => join(config.data, 'setup-code');
const CODE = /^[\w-]{22}$/;

/**
 * The code that proves whoever opens the setup can see the machine: 128 random bits in a file that only the desk's
 * user may read. Made when it is not there; the command line prints it at each start until the desk is set up.
 */
export async function readSetupCode(app: Place): Promise<string> {
  const file = fileOf(app);
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (CODE.test(known)) return known;
  await rm(file, { force: true });
  await mkdir(app.config.data, { recursive: true });
  const code = randomBytes(16).toString('base64url');
  try {
    await writeFile(file, `${code}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    // Another process of this desk was quicker: its code counts.
    const theirs = (await readFile(file, 'utf8').catch(() => '')).trim();
    if (CODE.test(theirs)) return theirs;
    throw error;
  }
  await chmod(file, 0o600);
  return code;
}

/** Compares in constant time; a code that is not there matches nothing. */
export async function isSetupCode(app: Place, given: string | undefined): Promise<boolean> {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(await readSetupCode(app)), digest((given ?? '').slice(0, 100)));
}

/** Takes the code away when the desk belongs to somebody. */
export const removeSetupCode = (app: Place): Promise<void> => rm(fileOf(app), { force: true });
