import { z, type ZodType, type output } from 'zod';
import type { Plugin } from '../config/plugin.js';
import type { Setting, SettingFields } from '../config/setting-fields.js';
import type { Migration } from '../database/migrate.js';
import type { Awaitable, HookKinds } from '../hooks/catalogue.js';
import type { Logger } from '../log/create-log.js';
import type { Service } from '../services/service.js';
import type { CommandDefinition } from './command.js';
import type { HostApp } from './host-app.js';
import { readManifest, type Manifest } from './read-manifest.js';
import type { Optional, Provided, Toolbox } from './toolbox.js';

type Services = Record<string, Service<unknown>>;

export interface BootTools<S, R, Opt> {
  readonly app: HostApp;
  readonly services: Provided<R> & Optional<Opt>;
  readonly log: Logger;
  readonly settings: Toolbox<never, S, R, Opt, never>['settings'];
}

export interface PluginDefinition<O extends ZodType, S, R, Opt, P extends string> {
  /** From the config file; all problems of all plugins are told in one report. */
  options?: O;
  /** What an administrator edits in the browser. */
  settings?: S;
  /** The objection models of its own tables; for documentation and tests. */
  models?: readonly unknown[];
  migrations?: readonly Migration[];
  /** Key to text key or English words. */
  permissions?: Record<P, string>;
  /** The kinds of the hooks it adds; their types are merged into `HookCatalogue`. */
  hooks?: HookKinds;
  requires?: R;
  optional?: Opt;
  provides?: Services;
  /** Commands of `helpdesk`, known without starting anything. */
  commands?: readonly CommandDefinition[];
  /**
   * Where its pages lie instead of under its id: the desk plugin is `/desk`, the portal is `/`; pages for customers may
   * have one word of their own, like `/help`.
   */
  mount?: { desk?: '/desk'; portal?: `/${string}` };
  /** Declares; runs nothing. Synchronous. */
  register?(tools: Toolbox<output<O>, S, R, Opt, P>): void;
  /** Starts what runs by itself; may return its own cleanup. */
  boot?(tools: BootTools<S, R, Opt>): Awaitable<void | (() => Awaitable<void>)>;
}

// The host handles plugins of all shapes alike; their own types hold inside their definitions.
export type AnyDefinition = PluginDefinition<ZodType, SettingFields, Services, Services, string>;

/** A plugin with its options; what the host works with. */
export interface PluginInstance extends Plugin {
  readonly manifest: Manifest;
  readonly definition: AnyDefinition;
  readonly givenOptions: unknown;
  /** Said in the config; undefined leaves it to the browser. */
  readonly enabled: boolean | undefined;
}

export interface Placement {
  /** Wins over the switch in the browser, which is then shown locked. */
  enabled?: boolean;
}

type Factory<O extends ZodType> = {} extends O['_zod']['input']
  ? (options?: O['_zod']['input'], placement?: Placement) => Plugin
  : (options: O['_zod']['input'], placement?: Placement) => Plugin;

/**
 * Defines a plugin. Name, version and the range of core come from the nearest package.json above `import.meta.url`.
 * @returns the function that helpdesk.config.ts calls with the options
 * @throws PLUGIN_INVALID when the package.json is not that of a plugin
 */
export function definePlugin<
  O extends ZodType = ZodType<{}, {}>,
  S extends Record<string, Setting<any>> = {}, // oxlint-disable-line typescript/no-explicit-any -- any type of field
  R extends Record<string, Service<any>> = {}, // oxlint-disable-line typescript/no-explicit-any -- any service
  Opt extends Record<string, Service<any>> = {}, // oxlint-disable-line typescript/no-explicit-any -- any service
  P extends string = never,
>(meta: ImportMeta, definition: PluginDefinition<O, S, R, Opt, P>): Factory<O> {
  const manifest = readManifest(meta.url);
  const make = (options: unknown = {}, placement: Placement = {}): PluginInstance => ({
    id: manifest.id,
    version: manifest.version,
    manifest,
    // From here on the host treats all plugins alike: see AnyDefinition.
    definition: definition as unknown as AnyDefinition,
    givenOptions: options,
    enabled: placement.enabled,
  });
  return make as Factory<O>;
}

/** Whether something in the config's list was made by `definePlugin`. */
export function isPluginInstance(plugin: Plugin): plugin is PluginInstance {
  return 'definition' in plugin && 'manifest' in plugin;
}

/** A plugin's options, checked. @returns the options, or the problems in words */
export function readOptions({
  definition,
  givenOptions,
}: PluginInstance): { options: unknown } | { problems: string[] } {
  const checked = (definition.options ?? z.strictObject({})).safeParse(givenOptions);
  if (checked.success) return { options: checked.data };
  return {
    problems: checked.error.issues.map(({ path, message }) => `${path.join('.') || 'options'}: ${message}`),
  };
}
