import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type Helpdesk } from '../app.js';
import type { HelpdeskConfig } from '../config/define-config.js';
import { resolveConfig } from '../config/resolve-config.js';
import type { Engine } from '../database/connect.js';
import { createLog } from '../log/create-log.js';
import type { HostApp } from '../plugins/host-app.js';
import { setUpCompany } from '../setup/set-up-company.js';
import { createTestClock, type TestClock } from './test-clock.js';
import { postgresPlace } from './test-database.js';

export interface TestDesk {
  readonly app: HostApp;
  readonly clock: TestClock;
  /** Listening on loopback; give it to supertest or a browser. */
  readonly server: Server;
  readonly url: string;
  readonly folder: string;
  /** The owner's account, unless the desk was asked for bare. */
  readonly owner: { readonly id: number; readonly email: string; readonly password: string };
  /** Runs everything that is due. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

export interface TestDeskOptions {
  readonly engine?: Engine;
  readonly config: HelpdeskConfig;
  readonly language?: 'ru' | 'en';
  /** Start the workers, as a real desk does; otherwise only `drain` works. */
  readonly works?: boolean;
  /** Without a company and an owner, as after the first start. */
  readonly bare?: boolean;
  readonly now?: Date;
  /** The real clock, for tests with real servers. */
  readonly realClock?: boolean;
}

const owner = { name: 'Olga Owner', email: 'owner@helpdesk.example', password: 'correct horse battery' };

/** A whole desk with plugins on a database of its own, as a plugin's author tests it. */
export async function startTestDesk(options: TestDeskOptions): Promise<TestDesk> {
  const { engine = 'sqlite', language = 'en' } = options;
  const folder = await mkdtemp(join(tmpdir(), 'helpdesk-desk-'));
  const place = engine === 'postgres' ? await postgresPlace() : undefined;
  const clock = createTestClock(options.now);
  const config = resolveConfig(
    { data: folder, ...options.config, ...(place ? { database: place.url } : {}) },
    { env: {}, flags: { port: 0 } },
  );
  const log = createLog(process.env['HELPDESK_TEST_LOG'] ?? 'silent');
  const desk: Helpdesk = await createApp(config, {
    log,
    // A page under test is whole, however busy the machine is.
    panelBudgetMs: 10_000,
    ...(options.realClock ? {} : { now: clock.now }),
  });
  if (options.works) await desk.work();
  let ownerId = 0;
  if (!options.bare) {
    const made = await setUpCompany(desk.app, {
      company: 'Warm House',
      language,
      timeZone: 'UTC',
      owner,
      door: 'test',
    });
    if (!made.ok) throw new Error(made.because);
    ownerId = made.agent.id;
  }
  const server = createServer(desk.callback());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    app: desk.app,
    clock,
    server,
    url: `http://127.0.0.1:${port}`,
    folder,
    owner: { id: ownerId, ...owner },
    drain: () => desk.app.drain(),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
      await desk.close();
      await place?.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
