import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errors } from '../errors.js';

const NAMES = ['helpdesk.config.ts', 'helpdesk.config.mjs', 'helpdesk.config.js'];

/** The config file: the one that was named, else the nearest from a folder upwards. @throws CONFIG_MISSING */
export function findConfig(named: string | undefined, folder = process.cwd()): string | undefined {
  if (named !== undefined) {
    const file = resolve(folder, named);
    if (!existsSync(file)) throw errors.CONFIG_MISSING({ file });
    return file;
  }
  for (let dir = resolve(folder); ; dir = dirname(dir)) {
    const found = NAMES.map((name) => join(dir, name)).find((file) => existsSync(file));
    if (found || dirname(dir) === dir) return found;
  }
}
