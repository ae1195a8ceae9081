import { createApp, createLog, type HostApp } from '@helpdesk/core';
import { loadConfig, type ConfigOptions } from './config/load-config.js';

/**
 * Opens the desk without starting workers or listening, and closes it whatever happens. Logs go to stderr, warnings
 * and worse unless LOG_LEVEL says otherwise.
 */
export async function withApp<T>(options: ConfigOptions, work: (app: HostApp) => Promise<T>): Promise<T> {
  const { config } = await loadConfig(options);
  const level = process.env['LOG_LEVEL'] ? config.logLevel : 'warn';
  const desk = await createApp(config, { log: createLog(level, process.stderr) });
  try {
    return await work(desk.app);
  } finally {
    await desk.close();
  }
}

/** Who does what the command line asks for. */
export const actor = { kind: 'system', id: 'cli', door: 'cli' } as const;
