// The floor of the machine, measured in the same run: a bare Koa page, and bare inserts of as many rows as a letter makes.
import Koa from 'koa';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export function startBarePage() {
  const koa = new Koa();
  koa.use((ctx) => {
    ctx.type = 'html';
    ctx.body = '<!doctype html><title>x</title><p>hello</p>';
  });
  return new Promise((done) => {
    const server = koa.listen(0, '127.0.0.1', () =>
      done({ port: server.address().port, stop: () => server.close() }),
    );
  });
}

/** @returns CPU ms for one transaction of 12 rows, through the driver alone */
export async function measureInserts(file, times) {
  const sqlite3 = require('sqlite3');
  const db = await new Promise((done, failed) => {
    const opened = new sqlite3.Database(file, (error) => (error ? failed(error) : done(opened)));
  });
  const run = (sql, values = []) =>
    new Promise((done, failed) => db.run(sql, values, (error) => (error ? failed(error) : done())));
  await run('pragma journal_mode=wal');
  await run(
    'create table t (id integer primary key, a text, b text, c text, d text, e text, f integer, g integer, h integer, i text)',
  );
  const before = process.cpuUsage();
  for (let n = 0; n < times; n++) {
    await run('begin immediate');
    for (let row = 0; row < 12; row++)
      await run('insert into t (a,b,c,d,e,f,g,h,i) values (?,?,?,?,?,?,?,?,?)', [
        'subject',
        'text',
        'x',
        'y',
        'z',
        n,
        row,
        3,
        'w',
      ]);
    await run('commit');
  }
  const { user, system } = process.cpuUsage(before);
  await new Promise((done) => db.close(done));
  return (user + system) / 1000 / times;
}
