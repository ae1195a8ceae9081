import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { corePermissions } from '../agents/permissions.js';
import type { SessionCache } from '../agents/sessions/session-cache.js';
import { coreHooks } from '../core-hooks.js';
import { wordsOf } from '../errors/define-errors.js';
import { errors } from '../errors/errors.js';
import { createBus, type Bus } from '../hooks/bus.js';
import type { HookKinds } from '../hooks/catalogue.js';
import { createTexts, type Texts } from '../i18n/create-texts.js';
import { createAssets } from '../views/create-assets.js';
import { coreTextsDir, coreViews } from '../views/core-views.js';
import { createViews } from '../views/create-views.js';
import { readThemes } from '../views/read-themes.js';
import type { PanelContribution } from '../views/render-context.js';
import { createDispatch } from '../web/create-dispatch.js';
import type { WebComposition } from '../web/create-web.js';
import type { Visit, WebParts } from '../web/visit.js';
import { readOptions, type PluginInstance } from './define-plugin.js';
import { newDraft, type Draft } from './draft.js';
import type { HostApp } from './host-app.js';
import { makeToolbox } from './make-toolbox.js';
import { orderPlugins } from './order-plugins.js';

/** One way in which the desk is put together; switching a plugin makes another and swaps one reference. */
export interface Composition {
  readonly draft: Draft;
  readonly hooks: Bus;
  readonly texts: Texts;
  readonly web: WebComposition;
  /** Plugins that are switched on and could not take part, with the reason. */
  readonly broken: ReadonlyMap<string, string>;
}

export interface ComposeOptions {
  readonly plugins: readonly PluginInstance[];
  readonly themeDir: string;
  readonly findTheme: (id: string) => string | undefined;
  readonly sessions: SessionCache;
  readonly watch: boolean;
  readonly panelBudgetMs: number | undefined;
}

/**
 * Registers plugins in order. One that fails to register is left out and named; the rest is composed anew without it,
 * so that nothing of a half-registered plugin stays.
 */
export function compose(app: HostApp, options: ComposeOptions): Composition {
  const broken = new Map<string, string>();
  for (;;) {
    const wanted = options.plugins.filter(({ id }) => !broken.has(id));
    const { ordered, missing } = orderPlugins(wanted);
    for (const [id, service] of missing)
      broken.set(id, errors.SERVICE_MISSING({ plugin: id, service }).message);
    try {
      return build(app, { ...options, plugins: ordered, broken });
    } catch (error) {
      if (!(error instanceof PluginFault)) throw error;
      broken.set(error.plugin, error.message);
      app.log.error({ plugin: error.plugin, err: error.cause }, 'a plugin was left out');
    }
  }
}

class PluginFault extends Error {
  readonly plugin: string;
  constructor(plugin: string, cause: unknown) {
    super(wordsOf(cause), { cause });
    this.plugin = plugin;
  }
}

function build(app: HostApp, options: ComposeOptions & { broken: ReadonlyMap<string, string> }): Composition {
  const { plugins, broken } = options;
  const draft = newDraft();
  draft.permissions.push(...corePermissions);
  for (const plugin of plugins) register(app, draft, plugin);
  const hooks = buildBus(app, draft);
  const texts = buildTexts(app, plugins);
  return { draft, hooks, texts, broken, web: buildWeb(app, draft, { ...options, texts }) };
}

function register(app: HostApp, draft: Draft, plugin: PluginInstance): void {
  const read = readOptions(plugin);
  if ('problems' in read) throw new PluginFault(plugin.id, new Error(read.problems.join('; ')));
  draft.plugins.push(plugin);
  for (const [key, label] of Object.entries(plugin.definition.permissions ?? {}))
    draft.permissions.push({ key, text: label });
  try {
    plugin.definition.register?.(makeToolbox(app, draft, { plugin, options: read.options }) as never);
  } catch (error) {
    throw new PluginFault(plugin.id, error);
  }
}

function buildBus(app: HostApp, draft: Draft): Bus {
  const kinds: HookKinds = Object.assign(
    {},
    coreHooks,
    ...draft.plugins.map(({ definition }) => definition.hooks ?? {}),
  );
  const bus = createBus({ kinds, log: app.log, now: () => app.now().getTime() });
  for (const { kind, name, plugin, fn } of draft.taps) {
    try {
      bus.tap(kind, name, plugin, fn);
    } catch (error) {
      throw new PluginFault(plugin, error);
    }
  }
  for (const { name, events, plugin } of followedBy(draft))
    for (const event of events)
      if (kinds[event] !== 'event')
        throw new PluginFault(plugin, errors.HOOK_UNKNOWN({ plugin, kind: `event (${name})`, hook: event }));
  return bus;
}

const followedBy = (draft: Draft) =>
  draft.followers.map(({ name, events }) => ({ name, events, plugin: name.slice(0, name.indexOf('.')) }));

function buildTexts(app: HostApp, plugins: readonly PluginInstance[]): Texts {
  const texts = createTexts(['ru', 'en'], {
    onMissing: (missing) => app.log.warn(missing, 'a text is missing'),
  });
  texts.addTexts('core', coreTextsDir);
  for (const { id, manifest } of plugins)
    if (existsSync(join(manifest.dir, 'locales'))) texts.addTexts(id, manifest.dir);
  return texts;
}

function buildWeb(
  app: HostApp,
  draft: Draft,
  { plugins, themeDir, findTheme, sessions, watch, panelBudgetMs, texts }: ComposeOptions & { texts: Texts },
): WebComposition {
  const { config } = app;
  const themes = readThemes(themeDir, findTheme).map(({ dir }) => dir);
  for (const dir of themes.toReversed()) if (existsSync(join(dir, 'locales'))) texts.addTexts('ui', dir);
  const site = config.site;
  const folders = plugins
    .map(({ id, manifest }) => ({ owner: id, dir: join(manifest.dir, 'views') }))
    .filter(({ dir }) => existsSync(dir));
  const views = createViews({
    texts,
    themes,
    folders: [...folders, coreViews],
    watch,
    panelBudgetMs,
    ...(site ? { site } : {}),
    onPanelFailure: (failure) => app.log.warn(failure, 'a panel did not load'),
  });
  const assets = createAssets(
    [
      ...[site, ...themes].filter((dir) => dir !== undefined).map((dir) => ({ dir: join(dir, 'public') })),
      ...plugins.map(({ id, manifest }) => ({ owner: id, dir: join(manifest.dir, 'public') })),
    ].filter(({ dir }) => existsSync(dir)),
    { watch },
  );
  const web: WebParts = {
    app,
    texts,
    views,
    assets,
    panelsOf: (place, visit) => panelsOf(app, draft, { place, visit }),
  };
  const isHttps = config.url.startsWith('https:');
  const dispatch = createDispatch(app, { web, routes: draft.routes, sessions, isHttps });
  return {
    dispatch,
    views,
    assets,
    claimsRoot: draft.routes.some(({ path, method }) => path === '/' && method === 'GET'),
  };
}

function panelsOf(
  app: HostApp,
  draft: Draft,
  { place, visit }: { place: string; visit: Visit },
): PanelContribution[] {
  return (draft.panels.get(place) ?? []).map(({ plugin, load, ...panel }) => ({
    ...panel,
    owner: plugin,
    load: (at) =>
      load({ ...at, app, viewer: visit.viewer, visitor: visit.visitor, language: visit.language }),
  }));
}
