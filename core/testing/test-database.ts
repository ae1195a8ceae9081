import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knex from 'knex';
import { coreMigrations } from '../core-migrations.js';
import { connect, type Database, type Engine } from '../database/connect.js';
import { migrate, type MigrationSet } from '../database/migrate.js';

export interface TestDatabase {
  readonly database: Database;
  readonly url: string;
  /** A folder for the files of this test. */
  readonly folder: string;
  close(): Promise<void>;
}

/** The engines on which tests run here: SQLite always, PostgreSQL when HELPDESK_TEST_POSTGRES names a server. */
export const testEngines: readonly Engine[] = process.env['HELPDESK_TEST_POSTGRES']
  ? ['sqlite', 'postgres']
  : ['sqlite'];

let count = 0;

/** A database of its own for one test, empty but for the schema. Temporary files, never `:memory:`. */
export async function makeTestDatabase(
  engine: Engine,
  sets: readonly MigrationSet[] = [coreMigrations],
): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'helpdesk-test-'));
  const place = engine === 'sqlite' ? sqlitePlace(folder) : await postgresPlace();
  const database = await connect(place.url);
  await migrate(database, sets, { now: new Date() });
  return {
    database,
    url: place.url,
    folder,
    close: async () => {
      await database.close();
      await place.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const sqlitePlace = (folder: string) => ({
  url: `sqlite:${join(folder, 'helpdesk.sqlite')}`,
  drop: () => Promise.resolve(),
});

/** A fresh, empty PostgreSQL database on the server of HELPDESK_TEST_POSTGRES. */
export async function postgresPlace(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = process.env['HELPDESK_TEST_POSTGRES'];
  if (!server) throw new Error('HELPDESK_TEST_POSTGRES is not set');
  count += 1;
  const name = `helpdesk_test_${process.pid}_${count}_${Math.floor(performance.now())}`;
  await onServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(server, `drop database if exists ${name} with (force)`) };
}

async function onServer(server: string, statement: string): Promise<void> {
  const admin = knex({ client: 'pg', connection: server, pool: { min: 0, max: 1 } });
  try {
    await admin.raw(statement);
  } finally {
    await admin.destroy();
  }
}
