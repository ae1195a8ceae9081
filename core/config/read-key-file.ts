import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errors } from '../errors/errors.js';

/**
 * The master key: 32 random bytes as base64 in a file that only the desk's user may read. Made at the first start;
 * without it the passwords of mailboxes cannot be read again.
 * @throws CONFIG_INVALID when the file holds something else
 */
export async function readKeyFile(file: string): Promise<Buffer> {
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) {
    const key = Buffer.from(known.trim(), 'base64');
    if (key.length === 32) return key;
    throw errors.CONFIG_INVALID({ problems: `- the key file ${file} does not hold a key of 32 bytes` });
  }
  const key = randomBytes(32);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${key.toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  await chmod(file, 0o600);
  return key;
}
