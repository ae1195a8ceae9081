import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { checkInstalledTheme } from '@helpdesk/core';
import { loadConfig, type ConfigOptions } from '../config/load-config.js';
import { errors } from '../errors.js';

/** @returns 1 when something will not work */
export async function checkThemeCommand(
  options: ConfigOptions & { readonly dir: string; readonly json?: boolean },
): Promise<number> {
  const dir = resolve(options.dir);
  if (!existsSync(join(dir, 'theme.json')))
    throw errors.USAGE({ because: `${dir} is no theme: it has no theme.json`, command: 'check-theme' });
  const { config } = await loadConfig(options);
  const problems = checkInstalledTheme(config, dir);
  if (options.json) process.stdout.write(`${JSON.stringify(problems)}\n`);
  else
    for (const { code, file, line, message } of problems)
      process.stdout.write(`${relative(process.cwd(), file)}:${line} ${code} ${message}\n`);
  if (!options.json && problems.length === 0) process.stdout.write('Nothing is wrong with this theme.\n');
  return problems.length > 0 ? 1 : 0;
}
