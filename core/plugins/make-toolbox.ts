import type { SettingFields } from '../config/setting-fields.js';
import { errors } from '../errors/errors.js';
import type { HookKind } from '../hooks/catalogue.js';
import { createJob } from '../jobs/create-job.js';
import { follow } from '../jobs/follow.js';
import { followInBatches } from '../jobs/follow-in-batches.js';
import type { Service } from '../services/service.js';
import type { AnyDefinition, PluginInstance } from './define-plugin.js';
import type { Draft, PanelEntry } from './draft.js';
import type { HostApp } from './host-app.js';
import { makeRouters } from './make-routers.js';
import { createLinks } from './seal-links.js';
import type { Toolbox } from './toolbox.js';

type AnyToolbox = Parameters<NonNullable<AnyDefinition['register']>>[0];

/** What one plugin's `register` is given: everything it calls is noted in the draft under its name. */
export function makeToolbox(
  app: HostApp,
  draft: Draft,
  { plugin, options }: { plugin: PluginInstance; options: unknown },
): AnyToolbox {
  const { id, definition } = plugin;
  const owned = (name: string) => `${id}.${name}`;
  const tap = (kind: HookKind) => (name: string, fn: (payload: never) => unknown) =>
    // The catalogue has checked the tap's type where the plugin wrote it.
    void draft.taps.push({ plugin: id, kind, name, fn: fn as (payload: unknown) => unknown });
  const tools: Toolbox<unknown, unknown, unknown, unknown, string> = {
    app,
    options,
    settings: settingsOf(app, id, definition.settings),
    services: servicesOf(app, definition),
    log: app.log.child({ plugin: id }),
    t: app.t,
    on: tap('event'),
    guard: tap('guard'),
    filter: tap('filter'),
    collect: tap('collect'),
    follow: (taps, how) => void draft.followers.push(follow(taps, { ...how, name: owned(how.name) })),
    followInBatches: (names, batch, how) =>
      void draft.followers.push(followInBatches(names, batch, { ...how, name: owned(how.name) })),
    ...makeRouters(draft, plugin),
    nav: (item) => void draft.nav.push({ ...item, plugin: id }),
    panel: (place, panel) => addPanel(draft, place, { ...panel, plugin: id } as PanelEntry),
    slot: (name) => void (draft.panels.has(name) || draft.panels.set(name, [])),
    job(name, run, how = {}) {
      draft.jobs.set(owned(name), { run: (input, ctx) => run(input as never, ctx), ...how });
      return createJob({ enqueue: (...args) => app.jobs.enqueue(...args) }, owned(name), app.now);
    },
    schedule: (name, { cron, timeZone }, run) =>
      void draft.schedules.push({ name: owned(name), pattern: cron, run, ...(timeZone ? { timeZone } : {}) }),
    channel: (channel) => void draft.channels.set(channel.id, channel),
    provide: (name, implementation) => provide(draft, { id, name, implementation }),
    healthCheck: (name, check) => void draft.checks.push({ plugin: id, name, check }),
    links: createLinks(app, id),
    onBoot: (start) => void draft.boots.push({ plugin: id, start }),
  };
  return tools as AnyToolbox;
}

function settingsOf(app: HostApp, id: string, fields: SettingFields | undefined) {
  return { current: () => app.settings.values(id, fields ?? {}) as never };
}

/** Looked up at use, so that the order of registration does not matter to it. */
function servicesOf(app: HostApp, { requires, optional }: AnyDefinition): never {
  const services = {};
  for (const [key, name] of Object.entries({ ...optional, ...requires }))
    Object.defineProperty(services, key, { enumerable: true, get: () => app.service(name) });
  return services as never;
}

function addPanel(draft: Draft, place: string, panel: PanelEntry): void {
  draft.panels.set(place, [...(draft.panels.get(place) ?? []), panel]);
}

function provide(
  draft: Draft,
  { id, name, implementation }: { id: string; name: Service<unknown>; implementation: unknown },
): void {
  const first = draft.services.get(name.id);
  if (first) throw errors.SERVICE_TWICE({ service: name.id, first: first.plugin, second: id });
  draft.services.set(name.id, { plugin: id, implementation });
}
