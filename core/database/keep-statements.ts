import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

type Done = (this: unknown, error: Error | null, rows?: unknown) => void;
interface Statement {
  all(values: readonly unknown[], done: Done): void;
  run(values: readonly unknown[], done: Done): void;
  finalize(): void;
}
type NewStatement = new (
  connection: SqliteConnection,
  sql: string,
  failed: (error: Error | null) => void,
) => Statement;

/** What Knex uses of a connection of the `sqlite3` package. */
export interface SqliteConnection {
  all(sql: string, values: readonly unknown[], done: Done): unknown;
  run(sql: string, values: readonly unknown[], done: Done): unknown;
  close(done: (error: Error | null) => void): void;
}

// Lists of ids come in many lengths; the usual work of a desk is about as many statements as this.
const MOST = 100;
const WORTH_IT = /^\s*(?:select|insert|update|delete|begin|commit|savepoint|release)\b/i;

/**
 * Prepares each statement of a connection once. The driver prepares and forgets one at every call, which takes two
 * more turns in its thread pool and about half of the time of a small query.
 */
export function keepStatements(connection: SqliteConnection): void {
  const { Statement } = require('sqlite3') as { Statement: NewStatement };
  const kept = new Map<string, Statement>();
  const plain = { all: connection.all, run: connection.run, close: connection.close };

  function statementFor(sql: string, done: Done): Statement {
    const known = kept.get(sql);
    if (known) {
      // Moved to the end: the first of the map is what was not used for longest.
      kept.delete(sql);
      kept.set(sql, known);
      return known;
    }
    const made = new Statement(connection, sql, (error) => {
      if (!error) return;
      kept.delete(sql);
      done.call(made, error);
    });
    kept.set(sql, made);
    if (kept.size > MOST) {
      const [oldest] = kept.entries().next().value ?? [];
      kept.get(oldest ?? '')?.finalize();
      kept.delete(oldest ?? '');
    }
    return made;
  }

  for (const call of ['all', 'run'] as const)
    connection[call] = (sql, values, done) => {
      // Knex leaves values out where there are none.
      if (!WORTH_IT.test(sql) || !Array.isArray(values))
        return plain[call].call(connection, sql, values, done);
      return statementFor(sql, done)[call](values, done);
    };
  // A connection with open statements does not close.
  connection.close = (done) => {
    for (const statement of kept.values()) statement.finalize();
    kept.clear();
    plain.close.call(connection, done);
  };
}
