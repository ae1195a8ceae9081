import type { Config } from '../config/resolve-config.js';
import type { MigrationSet } from '../database/migrate.js';
import { errors } from '../errors/errors.js';
import type { CommandDefinition } from './command.js';
import { coreVersion, satisfies } from './core-version.js';
import { isPluginInstance, readOptions, type PluginInstance } from './define-plugin.js';

/**
 * The plugins of the config, checked: all problems of all of them in one report.
 * @throws CONFIG_INVALID, PLUGIN_TWICE, PLUGIN_CORE_MISMATCH
 */
export function resolvePlugins(config: Config): PluginInstance[] {
  const problems: string[] = [];
  const instances: PluginInstance[] = [];
  for (const plugin of config.plugins) {
    if (!isPluginInstance(plugin)) {
      problems.push(`- plugins: "${String((plugin as { id?: unknown }).id)}" was not made by definePlugin`);
      continue;
    }
    if (instances.some(({ id }) => id === plugin.id)) throw errors.PLUGIN_TWICE({ plugin: plugin.id });
    if (!satisfies(coreVersion, plugin.manifest.core))
      throw errors.PLUGIN_CORE_MISMATCH({
        plugin: plugin.id,
        version: plugin.version,
        range: plugin.manifest.core,
        core: coreVersion,
      });
    const read = readOptions(plugin);
    if ('problems' in read)
      problems.push(...read.problems.map((problem) => `- plugin "${plugin.id}": ${problem}`));
    instances.push(plugin);
  }
  if (problems.length > 0) throw errors.CONFIG_INVALID({ problems: problems.join('\n') });
  return instances;
}

/** What plugins add to the schema. */
export function migrationsOf(plugins: readonly PluginInstance[]): MigrationSet[] {
  return plugins
    .filter(({ definition }) => (definition.migrations?.length ?? 0) > 0)
    .map(({ id, definition }) => ({ owner: id, migrations: definition.migrations ?? [] }));
}

/** The commands of plugins, known without starting anything. */
export function listCommands(config: Config): CommandDefinition[] {
  return resolvePlugins(config).flatMap(({ definition }) => [...(definition.commands ?? [])]);
}
