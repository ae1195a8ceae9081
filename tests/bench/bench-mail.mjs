import { add, cpuOf, cpuOfPostgres, round } from './measuring.mjs';

const WARM = 1000;

/** @param end `drain`: until all are searchable tickets; `settle`: until everything is done that follows from them */
export async function benchMail(desk, { extra, name, target, letter, times, end = 'drain' }) {
  const bring = async (from, count) => {
    for (let i = 0; i < count; i++) desk.tell(Buffer.from(letter(from + i)).toString('base64'));
    desk.tell(end);
    await desk.next();
  };
  await bring(0, WARM);
  const before = cpuOf(desk.pid);
  const pgBefore = extra.engine === 'postgres' ? cpuOfPostgres() : null;
  const begun = performance.now();
  await bring(WARM, times);
  const wall = (performance.now() - begun) / times;
  const pg = pgBefore === null ? {} : { postgres_cpu_ms: round((cpuOfPostgres() - pgBefore) / times) };
  add({
    name,
    ...extra,
    cpu_ms: round((cpuOf(desk.pid) - before) / times),
    p50_ms: round(wall),
    p95_ms: null,
    target,
    ...pg,
  });
}
