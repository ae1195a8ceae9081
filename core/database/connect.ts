import knex, { type Knex } from 'knex';
import { knexSnakeCaseMappers } from 'objection';
import { wordsOf } from '../errors/define-errors.js';
import { errors } from '../errors/errors.js';
import { keepStatements, type SqliteConnection } from './keep-statements.js';
import { immediateSqliteClient } from './sqlite-client.js';

export type Engine = 'sqlite' | 'postgres';

/** The only file that names a driver. */
export interface Database {
  readonly engine: Engine;
  /** For `change()` alone: on SQLite one connection, its transactions begin IMMEDIATE. */
  readonly writer: Knex;
  /** Cannot write, on both engines. */
  readonly reader: Knex;
  /** SQLite: the file. PostgreSQL: the address without the password. */
  readonly place: string;
  close(): Promise<void>;
}

interface RawSqlite extends SqliteConnection {
  exec(sql: string, done: (error: Error | null) => void): void;
}

/** Where what the driver has to say goes: a connection that was lost, a pool that is exhausted. */
export interface DatabaseLog {
  warn(fields: object, message: string): void;
}

// Knex would print to standard output.
function sayTo(log: DatabaseLog | undefined): Pick<Knex.Config, 'log'> {
  const say = (said: unknown) => log?.warn({ said: wordsOf(said) }, 'the database driver says');
  return { log: { warn: say, error: say, deprecate: say, debug: () => undefined } };
}

/**
 * @param url `sqlite:<file>` or `postgres://…`
 * @throws DATABASE_UNREACHABLE
 */
export async function connect(url: string, log?: DatabaseLog): Promise<Database> {
  const said = sayTo(log);
  const database = url.startsWith('sqlite:')
    ? openSqlite(url.slice('sqlite:'.length), said)
    : await openPostgres(url, said);
  try {
    await database.writer.raw('select 1');
    return database;
  } catch (error) {
    await database.close();
    throw errors.DATABASE_UNREACHABLE({ database: database.place, because: wordsOf(error) });
  }
}

function openSqlite(file: string, said: Pick<Knex.Config, 'log'>): Database {
  const open = (max: number, pragmas: string) =>
    knex({
      client: immediateSqliteClient(),
      connection: { filename: file },
      useNullAsDefault: true,
      ...knexSnakeCaseMappers(),
      ...said,
      acquireConnectionTimeout: 30_000,
      pool: {
        min: 0,
        max,
        // Idle connections keep their page cache and prepared statements.
        idleTimeoutMillis: 10 * 60_000,
        afterCreate: (raw: RawSqlite, done: (error: Error | null, raw: RawSqlite) => void) => {
          keepStatements(raw);
          raw.exec(`pragma busy_timeout=5000; pragma temp_store=MEMORY; ${pragmas}`, (error) =>
            done(error, raw),
          );
        },
      },
    });
  // FULL: a mail that was acknowledged to its server must survive a power cut.
  const writer = open(
    1,
    'pragma journal_mode=WAL; pragma synchronous=FULL; pragma foreign_keys=ON; pragma cache_size=-8000;',
  );
  const reader = open(3, 'pragma query_only=ON; pragma cache_size=-4000;');
  return { engine: 'sqlite', writer, reader, place: file, close: () => closeBoth(writer, reader) };
}

async function openPostgres(url: string, said: Pick<Knex.Config, 'log'>): Promise<Database> {
  // Loaded where it is used: a desk on SQLite does without its memory.
  const { default: pg } = await import('pg');
  // Ids and counts fit a JavaScript number; times are ISO text on both engines.
  pg.types.setTypeParser(20, Number);
  pg.types.setTypeParser(1184, (text) => new Date(text).toISOString());
  const open = (max: number, readOnly: boolean) =>
    knex({
      client: 'pg',
      connection: {
        connectionString: url,
        application_name: readOnly ? 'helpdesk-reader' : 'helpdesk-writer',
        options: `-c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000 -c default_transaction_read_only=${readOnly ? 'on' : 'off'}`,
      },
      ...knexSnakeCaseMappers(),
      ...said,
      acquireConnectionTimeout: 30_000,
      pool: { min: 0, max },
    });
  const writer = open(8, false);
  const reader = open(8, true);
  return {
    engine: 'postgres',
    writer,
    reader,
    place: withoutPassword(url),
    close: () => closeBoth(writer, reader),
  };
}

async function closeBoth(writer: Knex, reader: Knex): Promise<void> {
  await Promise.all([writer.destroy(), reader.destroy()]);
}

function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url);
    if (parsed.password) parsed.password = '***';
    return parsed.href;
  } catch {
    return 'postgres';
  }
}
