import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureInserts, startBarePage } from './floor.mjs';
import { add, ask, round } from './measuring.mjs';

export async function benchFloor() {
  const bare = await startBarePage();
  const before = process.cpuUsage();
  const times = 2000;
  for (let i = 0; i < times; i++) await ask(bare.port, { path: '/' });
  const { user, system } = process.cpuUsage(before);
  bare.stop();
  add({
    name: 'floor: bare Koa page and its client',
    cpu_ms: round((user + system) / 1000 / times),
    p50_ms: null,
    p95_ms: null,
    target: null,
  });
  const folder = mkdtempSync(join(tmpdir(), 'helpdesk-bench-'));
  add({
    name: 'floor: bare SQLite, 12 rows, 1 commit',
    cpu_ms: round(await measureInserts(join(folder, 'floor.sqlite'), 300)),
    p50_ms: null,
    p95_ms: null,
    target: null,
  });
  rmSync(folder, { recursive: true, force: true });
}
