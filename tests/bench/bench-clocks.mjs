import { change } from '@helpdesk/core';
import { routing } from '@helpdesk/plugin-routing';
import { sla } from '@helpdesk/plugin-sla';
import { add, cpuOf, isQuick, round } from './measuring.mjs';
import { seedClocks } from './seed-clocks.mjs';
import { startDesk } from './start-desk.mjs';

const CLOCKS = 10_000;
const TICK = 'schedule:sla.promises';

export const atDesk = {
  // Segments are asked for each minute too.
  plugins: () => [routing({}, { enabled: true }), sla({}, { enabled: true })],
  async seed(app) {
    await change(app, ({ trx }) =>
      trx('tickets').update({
        bucket: 'open',
        category: 'open',
        status: 'open',
        solvedAt: null,
        closedAt: null,
      }),
    );
    await seedClocks(app);
  },
  orders: {
    async tick(app) {
      await change(app, ({ trx }) => app.jobs.enqueue(trx, TICK, {}));
      await app.drain();
    },
  },
};

/**
 * Percent of one core that a desk with so many running clocks takes. Quick: the work of a minute, a sixtieth of a second
 * each; else what the whole process has used in two minutes and a bit of its own schedule.
 */
export async function benchClocks(engine) {
  const desk = await startDesk(engine, CLOCKS, 'clocks');
  try {
    const { percent, how } = isQuick ? await tickByOrder(desk) : await tickByClock(desk);
    const extra = { engine, tickets: CLOCKS, p50_ms: null, p95_ms: null };
    add({
      ...extra,
      name: `${CLOCKS / 1000}k clocks, % of a core, ${how}`,
      cpu_ms: round(percent),
      target: 1,
    });
  } finally {
    await desk.stop();
  }
}

async function tickByOrder(desk) {
  for (let i = 0; i < 5; i++) await desk.order('tick');
  const times = 20;
  const before = cpuOf(desk.pid);
  for (let i = 0; i < times; i++) await desk.order('tick');
  return { percent: ((cpuOf(desk.pid) - before) / times / 60_000) * 100, how: '1 tick/min' };
}

async function tickByClock(desk) {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  await pause(65_000);
  const before = cpuOf(desk.pid);
  const begun = performance.now();
  await pause(121_000);
  return { percent: ((cpuOf(desk.pid) - before) / (performance.now() - begun)) * 100, how: '121 s' };
}
