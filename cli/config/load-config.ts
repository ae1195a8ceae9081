import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  isError,
  resolveConfig,
  wordsOf,
  type Config,
  type Flags,
  type HelpdeskConfig,
} from '@helpdesk/core';
import { errors } from '../errors.js';
import { bundledConfig } from './bundled-config.js';
import { findConfig } from './find-config.js';

export interface ConfigOptions {
  /** A file to read instead of the nearest helpdesk.config.ts. */
  readonly config?: string;
  /** Relative to where the command runs, unlike `data` in the file, which is relative to the file. */
  readonly data?: string;
  readonly port?: number;
  readonly host?: string;
  readonly safe?: boolean;
  readonly without?: readonly string[];
}

export interface LoadedConfig {
  readonly config: Config;
  /** Undefined: there is none, and the bundled plugins run. */
  readonly file: string | undefined;
}

/** @throws CONFIG_MISSING, CONFIG_UNREADABLE, CONFIG_INVALID */
export async function loadConfig(options: ConfigOptions): Promise<LoadedConfig> {
  const { data, port, host, safe, without } = options;
  const file = findConfig(options.config);
  const given = file === undefined ? await bundledConfig() : await readConfig(file);
  const flags: Flags = {
    ...(port === undefined ? {} : { port }),
    ...(host === undefined ? {} : { host }),
    ...(data === undefined ? {} : { data: resolve(data) }),
    ...(safe === undefined ? {} : { safe }),
    ...(without === undefined ? {} : { without }),
  };
  const folder = file === undefined ? process.cwd() : dirname(file);
  return { config: resolveConfig(given, { flags, folder }), file };
}

async function readConfig(file: string): Promise<HelpdeskConfig> {
  try {
    // Shape and values are checked by resolveConfig.
    return (await importDefault(file)) as HelpdeskConfig;
  } catch (error) {
    if (isError(error)) throw error;
    throw errors.CONFIG_UNREADABLE({ file, because: wordsOf(error) });
  }
}

// Beside sources a TypeScript loader is at work already, and a second one would load a second core.
const runsFromSource = import.meta.url.endsWith('.ts');

async function importDefault(file: string): Promise<unknown> {
  if (runsFromSource || !file.endsWith('.ts')) {
    const loaded = (await import(pathToFileURL(file).href)) as { default?: unknown };
    return loaded.default;
  }
  const { createJiti } = await import('jiti');
  return createJiti(import.meta.url).import(file, { default: true });
}
