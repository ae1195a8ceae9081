// How the bench measures and what it prints. CPU is user + system of the desk's process, all threads, from the kernel's own
// accounting; wall times are the client's.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request, Agent } from 'node:http';

export const args = new Set(process.argv.slice(2));
export const isQuick = args.has('--quick');
export const engines = process.env.HELPDESK_TEST_POSTGRES ? ['sqlite', 'postgres'] : ['sqlite'];
export const agent = new Agent({ keepAlive: true, maxSockets: 1 });
export const rows = [];

export const add = (row) => {
  rows.push(row);
  if (!args.has('--json')) print(row);
};

const tick = 1000 / Number(execFileSync('getconf', ['CLK_TCK']).toString());
/** CPU ms that a process has used so far, its threads included. */
export function cpuOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tick;
}

export function cpuOfPostgres() {
  if (!process.env.BENCH_POSTGRES_PID) return null;
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', process.env.BENCH_POSTGRES_PID])
    .toString()
    .trim()
    .split(/\s+/);
  return children.reduce((total, pid) => {
    try {
      return total + cpuOf(pid);
    } catch {
      return total;
    }
  }, 0);
}

export function ask(port, { path, method = 'GET', cookie, body, type, from, headers: more }) {
  return new Promise((done, failed) => {
    const headers = {
      ...(cookie ? { cookie } : {}),
      ...(from ? { 'x-forwarded-for': from } : {}),
      ...more,
      accept: 'text/html',
      'sec-fetch-site': 'same-origin',
      ...(body
        ? {
            'content-type': type ?? 'application/x-www-form-urlencoded',
            'content-length': Buffer.byteLength(body),
          }
        : {}),
    };
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent }, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('end', () =>
        done({
          status: answer.statusCode,
          body: Buffer.concat(pieces).toString(),
          location: answer.headers.location,
        }),
      );
    });
    asked.on('error', failed);
    asked.end(body);
  });
}

// Enough for V8 to have compiled what is measured, and to have ended compiling it, which it does in threads whose time counts
// as well: after 200 pages these still take a third of the whole, after 3,000 a twentieth. A desk runs for weeks.
const WARM = 3000;

export async function measure(name, { pid, target, extra = {} }, times, once, warm = WARM) {
  for (let i = 0; i < warm; i++) await once(i);
  const before = cpuOf(pid);
  const pgBefore = extra.engine === 'postgres' ? cpuOfPostgres() : null;
  const walls = [];
  for (let i = 0; i < times; i++) {
    const begun = performance.now();
    await once(i + warm);
    walls.push(performance.now() - begun);
  }
  const cpu = (cpuOf(pid) - before) / times;
  walls.sort((a, b) => a - b);
  const pg = pgBefore === null ? {} : { postgres_cpu_ms: round((cpuOfPostgres() - pgBefore) / times) };
  add({
    name,
    ...extra,
    cpu_ms: round(cpu),
    p50_ms: round(walls[Math.floor(times / 2)]),
    p95_ms: round(walls[Math.floor(times * 0.95)]),
    target: target ?? null,
    ...pg,
  });
}

export const round = (n) => Math.round(n * 100) / 100;
function print({ name, engine = '', tickets = '', cpu_ms, p50_ms, p95_ms, target, postgres_cpu_ms }) {
  const mark =
    target === null || cpu_ms === undefined
      ? ''
      : cpu_ms <= target
        ? 'ok'
        : `over by ${Math.round((cpu_ms / target - 1) * 100)} %`;
  const cells = [
    name.padEnd(34),
    String(engine).padEnd(9),
    String(tickets).padStart(7),
    String(cpu_ms ?? '').padStart(9),
    String(p50_ms ?? '').padStart(9),
    String(p95_ms ?? '').padStart(9),
    String(target ?? '').padStart(7),
    mark.padEnd(14),
    postgres_cpu_ms === undefined ? '' : `server ${postgres_cpu_ms}`,
  ];
  console.log(cells.join(' '));
}

export function printHead() {
  if (!args.has('--json'))
    console.log(`${'what'.padEnd(34)} ${'engine'.padEnd(9)} tickets    cpu ms    p50 ms    p95 ms  target`);
}
