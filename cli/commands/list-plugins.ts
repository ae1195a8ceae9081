import type { PluginInfo } from '@helpdesk/core';
import type { ConfigOptions } from '../config/load-config.js';
import { withApp } from '../with-app.js';

/** Everything that the config lists, and whether it runs. */
export async function listPlugins(options: ConfigOptions & { readonly json?: boolean }): Promise<number> {
  return withApp(options, (app) => {
    const plugins = app.plugins();
    const words = options.json ? JSON.stringify(plugins) : plugins.map(lineOf).join('\n');
    process.stdout.write(`${words || 'No plugins are installed.'}\n`);
    return Promise.resolve(0);
  });
}

function lineOf({ id, version, state, isLocked, description, problem }: PluginInfo): string {
  const how = `${state}${isLocked ? ' (config)' : ''}`;
  const line = `${id.padEnd(20)} ${version.padEnd(9)} ${how.padEnd(13)} ${description}`;
  return problem === null ? line : `${line}\n  → ${problem}`;
}
