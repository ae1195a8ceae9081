import { routing } from '@helpdesk/plugin-routing';
import { plainLetter } from './letters.mjs';
import { add, cpuOf, isQuick, round } from './measuring.mjs';
import { seedRules, switchRules } from './seed-rules.mjs';
import { startDesk } from './start-desk.mjs';

const RULES = 200;
let idle = [];
let holding = [];

export const atDesk = {
  plugins: () => [routing({}, { enabled: true })],
  async seed(app) {
    idle = await seedRules(app, { count: RULES, holds: false });
    holding = await seedRules(app, { count: 1, holds: true });
    await switchRules(app, { ids: [...idle, ...holding], isOn: false });
  },
  orders: {
    on: (app) => switchRules(app, { ids: idle, isOn: true }),
    off: (app) => switchRules(app, { ids: [...idle, ...holding], isOn: false }),
    holding: (app) => switchRules(app, { ids: holding, isOn: true }),
  },
};

/** CPU of a plain letter until all that follows from it is done, with rules minus without: both in turns, on one desk. */
export async function benchRules(engine) {
  const desk = await startDesk(engine, 1000, 'rules');
  const times = isQuick ? 40 : 100;
  const turns = isQuick ? 2 : 4;
  let count = 0;
  const bring = async () => {
    const before = cpuOf(desk.pid);
    for (let i = 0; i < times; i++) desk.tell(Buffer.from(plainLetter(10_000 + count++)).toString('base64'));
    desk.tell('settle');
    await desk.next();
    return (cpuOf(desk.pid) - before) / times;
  };
  const sums = { off: 0, on: 0, holding: 0 };
  try {
    await bring();
    await desk.order('on');
    await bring();
    for (let turn = 0; turn < turns; turn++)
      for (const how of Object.keys(sums)) {
        await desk.order(how);
        sums[how] += await bring();
      }
  } finally {
    await desk.stop();
  }
  const extra = { engine, tickets: 1000, p50_ms: null, p95_ms: null };
  const more = (how, than) => round((sums[how] - sums[than]) / turns);
  add({ ...extra, name: `${RULES} rules, none holds, a message`, cpu_ms: more('on', 'off'), target: 2 });
  add({ ...extra, name: 'one more that holds and acts', cpu_ms: more('holding', 'on'), target: null });
}
