import { join } from 'node:path';
import { coreHooks } from '../core-hooks.js';
import type { App } from '../database/app.js';
import type { Engine } from '../database/connect.js';
import { createFault } from '../database/fault.js';
import { createFileStore } from '../database/file-store.js';
import { createKeys } from '../database/keys.js';
import { createSignals } from '../database/signals.js';
import { createBus } from '../hooks/bus.js';
import type { HookKinds } from '../hooks/catalogue.js';
import { createLog } from '../log/create-log.js';
import { createTestClock, type TestClock } from './test-clock.js';
import { makeTestDatabase } from './test-database.js';

export interface TestApp extends App {
  readonly clock: TestClock;
  readonly folder: string;
  readonly url: string;
  close(): Promise<void>;
}

/** The bare `App` that actions and queries need, on a database of its own; no plugins, no web. */
export async function makeTestApp(
  engine: Engine = 'sqlite',
  options: { hooks?: HookKinds } = {},
): Promise<TestApp> {
  const { database, folder, url, close } = await makeTestDatabase(engine);
  const clock = createTestClock();
  const log = createLog(process.env['HELPDESK_TEST_LOG'] ?? 'silent');
  const signals = createSignals();
  const kinds = { ...coreHooks, ...options.hooks };
  return {
    db: database.reader,
    database,
    hooks: createBus({ kinds, log, now: () => clock.now().getTime() }),
    log,
    keys: createKeys(Buffer.alloc(32, 7)),
    files: createFileStore(join(folder, 'files')),
    signals,
    now: clock.now,
    fault: createFault(undefined),
    clock,
    folder,
    url,
    close: async () => {
      await signals.settled();
      await close();
    },
  };
}
