import { createRequire } from 'node:module';
import type { Knex } from 'knex';

const require = createRequire(import.meta.url);

type AnyTransaction = new (...args: unknown[]) => { query(connection: unknown, sql: string): unknown };
type AnyClient = new (config: Knex.Config) => Omit<Knex.Client, 'transaction'>;

/**
 * Knex's SQLite client, but every transaction begins IMMEDIATE. A deferred one that reads first cannot become a
 * writer while another process wrote in between: SQLite answers SQLITE_BUSY at once, whatever busy_timeout says.
 * Knex has no setting for it, hence the two internal modules; that is why knex is pinned to a minor version.
 */
export function immediateSqliteClient(): typeof Knex.Client {
  const Client = require('knex/lib/dialects/sqlite3/index.js') as AnyClient;
  const Transaction = require('knex/lib/dialects/sqlite3/execution/sqlite-transaction.js') as AnyTransaction;
  class ImmediateTransaction extends Transaction {
    begin(connection: unknown): unknown {
      return this.query(connection, 'BEGIN IMMEDIATE;');
    }
  }
  class ImmediateClient extends Client {
    transaction(...args: unknown[]): unknown {
      return new ImmediateTransaction(this, ...args);
    }
  }
  return ImmediateClient as unknown as typeof Knex.Client;
}
