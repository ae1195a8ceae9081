import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '@helpdesk/core';
import { fail, ok, warn, type Check } from './check.js';

const OLDEST = [20, 19] as const;
const GIGABYTE = 1024 ** 3;

/** What can be seen without opening the desk: Node, the data folder, the key file, the address. */
export async function checkMachine(config: Config): Promise<Check[]> {
  return [
    checkNode(process.versions.node),
    ...(await checkData(config)),
    await checkKey(config),
    checkUrl(config),
  ];
}

/** @param version as in `process.versions.node` */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
    return fail('node', version, `Install Node ${OLDEST.join('.')} or newer; 24 is recommended.`);
  return ok('node', version);
}

async function checkData({ data }: Config): Promise<Check[]> {
  const place = (await exists(data)) ? data : dirname(data);
  try {
    await access(place, constants.W_OK);
  } catch {
    return [
      fail('data folder', `${data} cannot be written`, 'Give the user of the desk the right to write there.'),
    ];
  }
  const { bavail, bsize } = await statfs(place);
  const free = bavail * bsize;
  const words = `${(free / GIGABYTE).toFixed(1)} GB free`;
  if (free < GIGABYTE / 10) return [fail('data folder', words, 'Make room: mail cannot be kept without it.')];
  if (free < GIGABYTE) return [warn('data folder', words, 'Make room soon.')];
  return [ok('data folder', `${data}, ${words}`)];
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

async function checkKey({ keyFile }: Config): Promise<Check> {
  const found = await stat(keyFile).catch(() => undefined);
  if (!found) return ok('key file', `${keyFile} is made at the first start`);
  if ((found.mode & 0o077) !== 0 && process.platform !== 'win32')
    return warn('key file', `${keyFile} can be read by others`, `Run: chmod 600 ${keyFile}`);
  return ok('key file', keyFile);
}

function checkUrl({ url, urlGiven, host }: Config): Check {
  const isOpen = !['127.0.0.1', 'localhost', '::1'].includes(host);
  if (isOpen && url.startsWith('http:'))
    return warn(
      'url',
      `${url} on ${host}`,
      'Put a proxy with https in front, and set "url" in helpdesk.config.ts.',
    );
  if (!urlGiven)
    return warn('url', `${url} (made from host and port)`, 'Set "url": links in mails begin with it.');
  return ok('url', url);
}
