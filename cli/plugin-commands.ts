import type { Command } from 'commander';
import { listCommands, type CommandDefinition } from '@helpdesk/core';
import type { Outcome } from './build-program.js';
import { loadConfig, type ConfigOptions } from './config/load-config.js';
import { withApp } from './with-app.js';

/**
 * Adds what plugins bring, named `<plugin>:<verb>`. The config is read only when such a name was typed, or when the
 * list is asked for; in the list a config that cannot be read is no reason to show no help.
 */
export async function addPluginCommands(
  program: Command,
  { args, outcome }: { args: readonly string[]; outcome: Outcome },
): Promise<void> {
  const name = args.find((arg) => !arg.startsWith('-'));
  const isForPlugin = name?.includes(':') ?? false;
  if (name !== undefined && name !== 'help' && !isForPlugin) return;
  try {
    const { config } = await loadConfig(flagsIn(args));
    for (const definition of listCommands(config)) addCommand(program, definition, outcome);
  } catch (error) {
    if (isForPlugin) throw error;
  }
}

function addCommand(program: Command, definition: CommandDefinition, outcome: Outcome): void {
  const command = program.command(definition.name).description(definition.summary);
  for (const arg of definition.args ?? []) command.argument(arg);
  for (const { flags, summary } of definition.options ?? []) command.option(flags, summary);
  for (const [flags, summary] of [
    ['--config <file>', 'read this file instead of the nearest helpdesk.config.ts'],
    ['--data <dir>', 'folder for everything that the desk keeps'],
  ] as const)
    if (!command.options.some(({ long }) => flags.startsWith(`${long} `))) command.option(flags, summary);
  command.action(async () => {
    outcome.code = (await runDefinition(definition, command)) ?? 0;
  });
}

async function runDefinition(definition: CommandDefinition, command: Command): Promise<number | void> {
  const options = command.opts<Record<string, string | boolean | undefined>>();
  const input = {
    args: command.args,
    options,
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
  };
  if (definition.needs === 'nothing') return definition.run(input);
  return withApp(options as ConfigOptions, async (app) => definition.run({ ...input, app }));
}

/** Where the config is, before the options of the command are known. */
function flagsIn(args: readonly string[]): ConfigOptions {
  const at = args.findIndex((arg) => arg === '--config' || arg.startsWith('--config='));
  const config =
    at < 0 ? undefined : args[at]?.includes('=') ? args[at].slice('--config='.length) : args[at + 1];
  return config === undefined ? {} : { config };
}
