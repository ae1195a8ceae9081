import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { add, ask, isQuick, round } from './measuring.mjs';
import { startDesk } from './start-desk.mjs';

const configOf = (row) => (row ? ['--config', join(here, `${row}.config.mjs`)] : []);
const here = new URL('.', import.meta.url).pathname;

/** The built command on a desk with a thousand tickets, looked at from outside. @param row whose plugins are switched on */
export async function benchIdle(engine, { row = '' } = {}) {
  const desk = await startDesk(engine, 1000, row);
  await desk.end();
  const wait = isQuick ? 10 : 60;
  const port = 20_000 + (process.pid % 20_000);
  const child = spawn(
    process.execPath,
    ['cli/bin/helpdesk.js', 'start', '--port', String(port), ...configOf(row)],
    { env: desk.env, stdio: 'ignore' },
  );
  await untilHealthy(port, row !== '');
  await new Promise((done) => setTimeout(done, wait * 1000));
  const rss = Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) * 1024;
  add({
    name: `idle memory after ${wait} s, MB`,
    engine,
    tickets: 1000,
    cpu_ms: round(rss / 1024 / 1024),
    p50_ms: null,
    p95_ms: null,
    target: 120,
  });
  child.kill('SIGTERM');
  await new Promise((done) => child.once('exit', done));
  await desk.stop();
}

/** @param isEnough whether a desk that has something to say about itself counts: a portal without a mailbox has */
async function untilHealthy(port, isEnough = false) {
  const begun = performance.now();
  for (;;) {
    const status = await ask(port, { path: '/health' }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200 || (isEnough && status === 503)) return;
    if (performance.now() - begun > 20_000) throw new Error('the desk did not start within 20 s');
    await new Promise((done) => setTimeout(done, 10));
  }
}

/** From the spawn of the built command to the first 200 of /health, ms of wall time. */
export async function benchReady({ row = '' } = {}) {
  const walls = [];
  for (let i = 0; i < 5; i++) {
    const folder = mkdtempSync(join(tmpdir(), 'helpdesk-bench-'));
    const port = 20_000 + ((process.pid + i * 7) % 20_000);
    const begun = performance.now();
    const child = spawn(
      process.execPath,
      ['cli/bin/helpdesk.js', 'start', '--port', String(port), '--data', folder, ...configOf(row)],
      { stdio: 'ignore' },
    );
    await untilHealthy(port, row !== '');
    if (i > 0) walls.push(performance.now() - begun);
    child.kill('SIGTERM');
    await new Promise((done) => child.once('exit', done));
    rmSync(folder, { recursive: true, force: true });
  }
  walls.sort((a, b) => a - b);
  add({
    name: 'ready, spawn to /health 200, wall ms',
    engine: 'sqlite',
    tickets: 0,
    cpu_ms: round(walls[1]),
    p50_ms: round(walls[1]),
    p95_ms: round(walls.at(-1)),
    target: 2000,
  });
}
