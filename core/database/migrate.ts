import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { wordsOf } from '../errors/define-errors.js';
import { errors } from '../errors/errors.js';
import type { Database, Engine } from './connect.js';

/** One step of a schema. Create tables, add columns, create indexes; never change or drop. There is no way down. */
export interface Migration {
  /** `<date>-<verb>-<noun>`, unique within its owner. */
  readonly name: string;
  up(schema: Knex.SchemaBuilder, tools: { knex: Knex; engine: Engine }): unknown;
}

export interface MigrationSet {
  readonly owner: string;
  readonly migrations: readonly Migration[];
}

/**
 * Runs what has not run yet, owner by owner, each owner with a table of its own so that removing a plugin never
 * breaks a start. An existing SQLite file is copied to `backups` first.
 * @returns the names of the migrations that ran
 * @throws MIGRATION_FAILED, DATABASE_NEWER
 */
export async function migrate(
  database: Database,
  sets: readonly MigrationSet[],
  options: { backups?: string; now: Date },
): Promise<readonly string[]> {
  const pending = [];
  for (const set of sets) pending.push({ set, names: await pendingOf(database, set) });
  const isFresh = !(await database.writer.schema.hasTable(tableOf('core')));
  if (pending.every(({ names }) => names.length === 0)) return [];
  if (!isFresh && options.backups) await copyBefore(database, options.backups, options.now);
  const ran: string[] = [];
  for (const { set, names } of pending) {
    if (names.length > 0) await run(database, set);
    ran.push(...names.map((name) => `${set.owner}/${name}`));
  }
  return ran;
}

const tableOf = (owner: string) => `migrations_${owner.replaceAll('-', '_')}`;

async function pendingOf(database: Database, set: MigrationSet): Promise<readonly string[]> {
  const known = new Set(set.migrations.map(({ name }) => name));
  const table = tableOf(set.owner);
  if (!(await database.writer.schema.hasTable(table))) return [...known];
  const done: { name: string }[] = await database.writer(table).select('name');
  const newer = done.find(({ name }) => !known.has(name));
  if (newer) throw errors.DATABASE_NEWER({ migration: newer.name, owner: set.owner });
  const ran = new Set(done.map(({ name }) => name));
  return [...known].filter((name) => !ran.has(name));
}

async function run(database: Database, set: MigrationSet): Promise<void> {
  const table = tableOf(set.owner);
  let current = '';
  try {
    await database.writer.migrate.latest({
      tableName: table,
      disableMigrationsListValidation: true,
      migrationSource: {
        getMigrations: () => Promise.resolve([...set.migrations]),
        getMigrationName: (migration: Migration) => migration.name,
        getMigration: (migration: Migration) =>
          Promise.resolve({
            up: async (knex: Knex) => {
              current = migration.name;
              await migration.up(freshSchema(knex), { knex, engine: database.engine });
            },
            down: () => Promise.reject(new Error('there is no way down')),
          }),
      },
    });
  } catch (error) {
    throw errors.MIGRATION_FAILED({ migration: current, owner: set.owner, because: wordsOf(error) });
  }
}

/** A schema builder repeats what it did when it is awaited again, so each step is given a new one. */
function freshSchema(knex: Knex): Knex.SchemaBuilder {
  const fresh = (name: string | symbol) => {
    const schema = knex.schema as unknown as Record<string | symbol, unknown>;
    const value = schema[name];
    return typeof value === 'function' ? (value.bind(schema) as unknown) : value;
  };
  return new Proxy({} as Knex.SchemaBuilder, { get: (_, name) => fresh(name) });
}

const COPIES_KEPT = 5;

/** Two plugins may be switched on within the same millisecond; both copies are kept, the later sorts behind. */
async function freeName(folder: string, name: string): Promise<string> {
  const taken = new Set(await readdir(folder));
  let file = `${name}.sqlite`;
  for (let n = 2; taken.has(file); n += 1) file = `${name}_${n}.sqlite`;
  return join(folder, file);
}

async function copyBefore(database: Database, folder: string, now: Date): Promise<void> {
  if (database.engine !== 'sqlite') return;
  await mkdir(folder, { recursive: true });
  const file = await freeName(folder, `before-upgrade-${now.toISOString().replaceAll(/[:.]/g, '-')}`);
  await database.writer.raw('vacuum into ?', [file]);
  const copies = (await readdir(folder)).filter((name) => name.startsWith('before-upgrade-')).toSorted();
  for (const old of copies.slice(0, -COPIES_KEPT)) await rm(join(folder, old));
}
