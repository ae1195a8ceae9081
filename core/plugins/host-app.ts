import type { ChannelApp } from '../channels/channel.js';
import type { Config } from '../config/resolve-config.js';
import type { Settings } from '../config/settings.js';
import type { Tail } from '../jobs/live-events.js';
import type { Jobs } from '../jobs/job-types.js';
import type { Actor } from '../hooks/catalogue.js';
import type { Service } from '../services/service.js';
import type { Loop } from '../channels/run-loop.js';
import type { PluginInfo } from './plugin-info.js';
import type { Company } from './company.js';
import type { NavItem } from './nav.js';
import type { Route } from '../web/routers.js';
import type { TapHealth } from '../hooks/tap-health.js';
import type { HealthReport } from './check-health.js';
import type { PermissionRecord } from '../agents/permissions.js';
import type { SettingFields } from '../config/setting-fields.js';

/** The running desk, as plugins, commands and tests see it. Stays the same object when plugins are switched. */
export interface HostApp extends ChannelApp {
  readonly config: Config;
  readonly settings: Settings;
  /** What the company says of itself, from config and settings. */
  readonly company: Company;
  readonly jobs: Jobs;
  readonly tail: Tail;
  readonly workers: { readonly intake: Loop; readonly outbox: Loop };
  service<T>(name: Service<T>): T | undefined;
  t(language: string, key: string, values?: Readonly<Record<string, unknown>>): string;
  /** Whether there is a text of this key. */
  hasText(key: string): boolean;

  /** Every plugin that is installed: on, off, or broken. */
  plugins(): readonly PluginInfo[];
  /** The fields of a plugin's settings; undefined when it has none. */
  settingFields(plugin: string): SettingFields | undefined;
  permissions(): readonly PermissionRecord[];
  routes(): readonly Route[];
  nav(): readonly (NavItem & { readonly plugin: string })[];
  taps(): readonly TapHealth[];
  /** Ends the quarantine of a plugin's taps. */
  release(plugin: string): void;
  health(): Promise<HealthReport>;
  /**
   * Switches a plugin: migrates, composes anew, swaps. Tables and settings survive being off.
   * @throws PLUGIN_UNKNOWN, and what its migrations or `register` throw; then nothing has changed
   */
  switchPlugin(plugin: string, enabled: boolean, actor: Actor): Promise<void>;
  /** Runs jobs, followers, intake and outbox until none has anything to do. For tests and commands. */
  drain(): Promise<void>;
}
