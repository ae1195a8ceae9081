import type { PermissionRecord } from '../agents/permissions.js';
import type { Channel } from '../channels/channel.js';
import type { FollowerDefinition } from '../jobs/follower-types.js';
import type { JobDefinition } from '../jobs/job-types.js';
import type { Schedule } from '../jobs/schedule-types.js';
import type { Awaitable, HookKind } from '../hooks/catalogue.js';
import type { Route } from '../web/routers.js';
import type { HealthCheck } from './check-health.js';
import type { PluginInstance } from './define-plugin.js';
import type { NavItem } from './nav.js';
import type { PanelReader } from './toolbox.js';

export interface PanelEntry {
  readonly plugin: string;
  readonly title: string;
  readonly icon?: string;
  readonly permission?: string;
  readonly view: string;
  load(at: object & PanelReader): unknown;
}

export interface TapEntry {
  readonly plugin: string;
  readonly kind: HookKind;
  readonly name: string;
  readonly fn: (payload: unknown) => unknown;
}

/** Everything that plugins declared, as `register` collects it. */
export interface Draft {
  readonly plugins: PluginInstance[];
  readonly taps: TapEntry[];
  readonly routes: Route[];
  readonly boots: { readonly plugin: string; start(): Awaitable<void | (() => Awaitable<void>)> }[];
  readonly nav: (NavItem & { plugin: string })[];
  readonly panels: Map<string, PanelEntry[]>;
  readonly followers: FollowerDefinition[];
  readonly jobs: Map<string, JobDefinition>;
  readonly schedules: Schedule[];
  readonly channels: Map<string, Channel>;
  readonly services: Map<string, { plugin: string; implementation: unknown }>;
  readonly checks: HealthCheck[];
  readonly permissions: PermissionRecord[];
}

export const newDraft = (): Draft => ({
  plugins: [],
  taps: [],
  routes: [],
  boots: [],
  nav: [],
  panels: new Map(),
  followers: [],
  jobs: new Map(),
  schedules: [],
  channels: new Map(),
  services: new Map(),
  checks: [],
  permissions: [],
});
