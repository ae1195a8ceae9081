import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = new URL('.', import.meta.url).pathname;

/**
 * A desk in a process of its own, with `tickets` and what the row's file says under `atDesk`: its plugins, what it is
 * filled with, orders that it takes.
 */
export async function startDesk(engine, tickets, row = '') {
  const folder = mkdtempSync(join(tmpdir(), 'helpdesk-bench-'));
  const env = { ...process.env, HELPDESK_DATA: folder, NODE_ENV: 'production' };
  delete env.DATABASE_URL;
  let drop = () => {};
  if (engine === 'postgres') {
    const name = `bench_${process.pid}_${tickets}_${row.replaceAll('-', '_')}`;
    const psql = (sql) =>
      execFileSync('psql', [process.env.HELPDESK_TEST_POSTGRES, '-qc', sql], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
    psql(`create database ${name}`);
    const url = new URL(process.env.HELPDESK_TEST_POSTGRES);
    url.pathname = `/${name}`;
    env.DATABASE_URL = url.href;
    drop = () => psql(`drop database if exists ${name} with (force)`);
  }
  const child = spawn(process.execPath, [join(here, 'desk-process.mjs'), String(tickets), row], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  const next = () => new Promise((done) => lines.once('line', (line) => done(JSON.parse(line))));
  const { port, token, visitToken, told } = await next();
  const end = async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null)
      await new Promise((done) => child.once('exit', done));
  };
  return {
    pid: child.pid,
    port,
    env,
    end,
    cookie: `hd=${token}`,
    visitorCookie: `hdp=${visitToken}`,
    told,
    folder,
    tell: (line) => child.stdin.write(`${line}\n`),
    next,
    /** Has one of the row's orders done, and waits for what it answers. */
    order(name) {
      child.stdin.write(`order ${name}\n`);
      return next();
    },
    async stop() {
      await end();
      drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
