import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepStatements, type SqliteConnection } from './keep-statements.js';

const require = createRequire(import.meta.url);
const sqlite3 = require('sqlite3') as {
  Database: new (file: string, done: (error: Error | null) => void) => SqliteConnection;
  Statement: new (...given: unknown[]) => object;
};

let folder: string;
let connection: SqliteConnection;
let made = 0;
const Plain = sqlite3.Statement;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'statements-'));
  connection = await new Promise((done, failed) => {
    const opened: SqliteConnection = new sqlite3.Database(join(folder, 'x.sqlite'), (error) =>
      error ? failed(error) : done(opened),
    );
  });
  made = 0;
  sqlite3.Statement = class extends Plain {
    constructor(...given: unknown[]) {
      super(...given);
      made += 1;
    }
  };
  keepStatements(connection);
  await all('create table pets (id integer primary key, name text unique)');
});
afterEach(async () => {
  sqlite3.Statement = Plain;
  await rm(folder, { recursive: true });
});

const all = (sql: string, values: readonly unknown[] = []) =>
  new Promise<unknown>((done, failed) =>
    connection.all(sql, values, (error, rows) => (error ? failed(error) : done(rows))),
  );
const run = (sql: string, values: readonly unknown[] = []) =>
  new Promise<unknown>((done, failed) =>
    connection.run(sql, values, function (error) {
      if (error) failed(error);
      else done((this as { changes: number }).changes);
    }),
  );
const close = () =>
  new Promise<void>((done, failed) => connection.close((error) => (error ? failed(error) : done())));

it('prepares a statement once, with other values each time, and closes', async () => {
  for (const name of ['Ada', 'Bob', 'Cid'])
    expect(await run('insert into pets (name) values (?)', [name])).toBe(1);
  for (const id of [1, 2, 9])
    expect(await all('select name from pets where id = ?', [id])).toHaveLength(id === 9 ? 0 : 1);
  expect(await run('update pets set name = name')).toBe(3);
  expect(made).toBe(3);
  await close();
});

it('says what is wrong with a statement, and goes on with those that are right', async () => {
  await expect(all('select colour from pets')).rejects.toThrow('no such column: colour');
  await expect(all('select colour from pets')).rejects.toThrow('no such column: colour');
  await run('insert into pets (name) values (?)', ['Ada']);
  await expect(run('insert into pets (name) values (?)', ['Ada'])).rejects.toThrow('UNIQUE');
  expect(await run('insert into pets (name) values (?)', ['Bob'])).toBe(1);
  await close();
});

it('leaves nothing open after an error that would hold a transaction', async () => {
  await all('begin immediate;');
  await run('insert into pets (name) values (?)', ['Ada']);
  await expect(run('insert into pets (name) values (?)', ['Ada'])).rejects.toThrow('UNIQUE');
  await all('rollback;');
  expect(await all('select id from pets')).toEqual([]);
  await all('begin immediate;');
  await all('commit;');
  await close();
});

it('sees a table that was changed after it was prepared', async () => {
  await run('insert into pets (name) values (?)', ['Ada']);
  expect(await all('select * from pets')).toEqual([{ id: 1, name: 'Ada' }]);
  await all('alter table pets add column age integer');
  expect(await all('select * from pets')).toEqual([{ id: 1, name: 'Ada', age: null }]);
  await close();
});

it('forgets the statement that was not used for longest', async () => {
  const ask = (n: number) => all(`select ${n} as n`);
  for (let n = 0; n < 100; n++) await ask(n);
  await ask(0);
  await ask(100);
  expect(made).toBe(101);
  await ask(0);
  expect(made).toBe(101);
  await ask(1);
  expect(made).toBe(102);
  await close();
});
