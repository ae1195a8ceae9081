import { createServer, type Server } from 'node:http';
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createSessionCache } from './agents/sessions/session-cache.js';
import { releaseLeases } from './channels/release-leases.js';
import { companySettings } from './config/company-settings.js';
import { readKeyFile } from './config/read-key-file.js';
import type { Config } from './config/resolve-config.js';
import { createSettings } from './config/settings.js';
import { coreMigrations } from './core-migrations.js';
import { change } from './database/change.js';
import { connect } from './database/connect.js';
import { createFault } from './database/fault.js';
import { createFileStore } from './database/file-store.js';
import { createKeys } from './database/keys.js';
import { migrate, type MigrationSet } from './database/migrate.js';
import { createSignals } from './database/signals.js';
import { errors } from './errors/errors.js';
import type { Actor } from './hooks/catalogue.js';
import { createPostgresListener } from './jobs/listen.js';
import { createTail } from './jobs/live-events.js';
import { createLog, type Logger } from './log/create-log.js';
import { checkHealth } from './plugins/check-health.js';
import { COMPANY, lockedByConfig, readCompany } from './plugins/company.js';
import { compose, type Composition } from './plugins/compose.js';
import { refuseSecondCore } from './plugins/core-version.js';
import type { PluginInstance } from './plugins/define-plugin.js';
import { describePlugins } from './plugins/describe-plugins.js';
import { findThemeFolder } from './plugins/find-theme.js';
import type { HostApp } from './plugins/host-app.js';
import { migrationsOf, resolvePlugins } from './plugins/resolve-plugins.js';
import { runComposition, type Running } from './plugins/run-composition.js';
import type { Service } from './services/service.js';
import { createWeb } from './web/create-web.js';
import { closeServer, listenOn } from './web/listen-on.js';

export interface AppOptions {
  /** The clock; the system's when left out. */
  now?: () => Date;
  log?: Logger;
  /** Re-read templates when they change. */
  watch?: boolean;
  /** How long a page waits for a panel of a plugin; 150 ms. */
  panelBudgetMs?: number;
  /** Where a theme's folder is; by default `themes/<id>` where the desk was started, then the installed packages. */
  findTheme?: (id: string) => string | undefined;
}

/** A desk that can be started, asked and stopped. */
export interface Helpdesk {
  readonly app: HostApp;
  /** The request listener, for tests and for servers of one's own. */
  readonly callback: () => Parameters<typeof createServer>[1];
  /** Listens and starts the workers. @returns the address */
  listen(): Promise<{ port: number; url: string }>;
  /** Starts the workers without a web server. */
  work(): Promise<void>;
  /** Ends requests and work under way, then cleans up in reverse order. */
  close(): Promise<void>;
}

/**
 * Puts a desk together: resolve → register → migrate → boot. The only file that knows everything.
 * @throws CONFIG_INVALID, PLUGIN_TWICE, PLUGIN_CORE_MISMATCH, DATABASE_UNREACHABLE, DATABASE_NEWER, MIGRATION_FAILED
 */
export async function createApp(config: Config, options: AppOptions = {}): Promise<Helpdesk> {
  refuseSecondCore();
  const instances = resolvePlugins(config);
  const log = options.log ?? createLog(config.logLevel);
  await mkdir(config.data, { recursive: true });
  const keys = createKeys(await readKeyFile(config.keyFile));
  const database = await connect(config.database, log);
  const now = options.now ?? (() => new Date());
  const signals = createSignals();
  const findTheme = options.findTheme ?? findThemeFolder;
  const owner = `${hostname()}:${process.pid}`;
  let composition: Composition;
  let running: Running;
  let isWorking = false;
  let server: Server | undefined;

  const app: HostApp = {
    db: database.reader,
    database,
    log,
    keys,
    files: createFileStore(join(config.data, 'files')),
    signals,
    now,
    fault: createFault(process.env['HD_FAULT']),
    config,
    get hooks() {
      return composition.hooks;
    },
    get channels() {
      return composition.draft.channels;
    },
    get company() {
      return readCompany(config, settings);
    },
    get jobs() {
      return running.jobs;
    },
    get workers() {
      return running.workers;
    },
    get settings() {
      return settings;
    },
    get tail() {
      return tail;
    },
    policy: {
      reopenDays: () => numberSetting('reopenDays'),
      closeAfterDays: () => numberSetting('closeAfterDays'),
      undoMs: ({ limits }) => (limits.undoMs === 0 ? 0 : numberSetting('undoSeconds') * 1000),
    },
    service: <T>(name: Service<T>) =>
      composition.draft.services.get(name.id)?.implementation as T | undefined,
    t: (language, key, values) => composition.texts.t(language, key, values),
    hasText: (key) => composition.texts.has(key),
    plugins: () => describePlugins(instances, composition, running.bootProblems),
    settingFields: (id) =>
      id === COMPANY ? companySettings : instances.find((plugin) => plugin.id === id)?.definition.settings,
    permissions: () => composition.draft.permissions,
    routes: () => composition.draft.routes,
    nav: () => composition.draft.nav,
    taps: () => composition.hooks.health(),
    release: (id) => composition.hooks.release(id),
    health: () => checkHealth(app, [databaseCheck, ...composition.draft.checks]),
    switchPlugin,
    drain: () => running.drain(),
  };
  const settings = createSettings(app, lockedByConfig(config));
  const tail = createTail(app);
  const sessions = createSessionCache(app);
  const listener = database.engine === 'postgres' ? createPostgresListener(config.database, app) : undefined;
  signals.on('settings', () => signals.track(settings.load()));

  try {
    await migrateAll([coreMigrations]);
    await settings.load();
    const enabled = await enabledPlugins();
    await migrateAll(migrationsOf(enabled));
    composition = composeWith(enabled);
    running = runComposition(app, composition, owner);
  } catch (error) {
    await database.close();
    throw error;
  }
  const koa = createWeb(app, {
    current: () => composition.web,
    isHttps: config.url.startsWith('https:'),
    proxies: config.proxies,
  });

  return {
    app,
    callback: () => koa.callback(),
    work,
    async listen() {
      server = createServer(koa.callback());
      // Bound first: a second desk on a port that is taken ends before it touches any mail.
      const port = await listenOn(server, config);
      await work();
      return { port, url: config.urlGiven ? config.url : config.url.replace(/:\d+$/, `:${port}`) };
    },
    async close() {
      if (server) await closeServer(server);
      if (isWorking) await running.stop();
      await listener?.stop();
      await tail.stop();
      await signals.settled();
      await database.close();
    },
  };

  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    await releaseLeases(app);
    await listener?.start();
    await tail.start();
    await running.start();
  }

  function migrateAll(sets: readonly MigrationSet[]): Promise<readonly string[]> {
    return migrate(database, sets, { backups: join(config.data, 'backups'), now: now() });
  }

  function numberSetting(name: 'reopenDays' | 'closeAfterDays' | 'undoSeconds'): number {
    return settings.get(COMPANY, name, companySettings[name]) as number;
  }

  function composeWith(plugins: readonly PluginInstance[]): Composition {
    const themeDir = findTheme(config.theme) ?? config.theme;
    const { watch = false, panelBudgetMs } = options;
    return compose(app, { plugins, themeDir, findTheme, sessions, watch, panelBudgetMs });
  }

  async function enabledPlugins(): Promise<PluginInstance[]> {
    const rows: { id: string; enabled: number }[] = await database.reader('plugins').select('id', 'enabled');
    const switched = new Map(rows.map(({ id, enabled }) => [id, enabled === 1]));
    return instances.filter((plugin) => isEnabled(plugin, switched));
  }

  function isEnabled(plugin: PluginInstance, switched: ReadonlyMap<string, boolean>): boolean {
    if (config.without.includes(plugin.id)) return false;
    // A safe start keeps what pages need and nothing else.
    if (config.safe) return plugin.definition.mount?.desk !== undefined;
    return plugin.enabled ?? switched.get(plugin.id) ?? plugin.manifest.enabledByDefault;
  }

  async function switchPlugin(id: string, wanted: boolean, actor: Actor): Promise<void> {
    const plugin = instances.find((one) => one.id === id);
    if (!plugin || plugin.enabled !== undefined) throw errors.PLUGIN_UNKNOWN({ plugin: id });
    const others = await enabledPlugins();
    const next = instances.filter((one) => (one === plugin ? wanted : others.includes(one)));
    if (wanted) await migrateAll(migrationsOf([plugin]));
    const composed = composeWith(next);
    const problem = composed.broken.get(id);
    if (problem !== undefined) throw errors.PLUGIN_INVALID({ plugin: id, because: problem });
    await change(app, async ({ trx, at, announce }) => {
      const row = { id, enabled: wanted ? 1 : 0, changedAt: at, changedBy: `${actor.kind}:${actor.id}` };
      await trx('plugins').insert(row).onConflict('id').merge(row);
      announce('plugin.switched', { plugin: id, enabled: wanted, actor });
    });
    await swap(composed);
  }

  /** Old requests end with what they began with; nothing is untapped piece by piece. */
  async function swap(composed: Composition): Promise<void> {
    if (isWorking) await running.stop();
    composition = composed;
    running = runComposition(app, composition, owner);
    if (isWorking) await running.start();
  }
}

const databaseCheck = {
  plugin: 'core',
  name: 'database',
  async check({ db }: { db: HostApp['db'] }) {
    await db.raw('select 1');
    return { ok: true, detail: '' };
  },
};
