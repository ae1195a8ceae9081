import { reporting } from '@helpdesk/plugin-reporting';
import { ask, isQuick, measure } from './measuring.mjs';
import { seedFacts } from './seed-facts.mjs';
import { startDesk } from './start-desk.mjs';

export const atDesk = { plugins: () => [reporting({}, { enabled: true })], seed: seedFacts };

/** The first page of reports as an owner sees it: thirty days of a year, and the thirty before. */
export async function benchDashboard(engine) {
  const tickets = isQuick ? 20_000 : 100_000;
  const desk = await startDesk(engine, tickets, 'dashboard');
  const path = '/desk/reporting';
  try {
    const once = async () => {
      const { status, body } = await ask(desk.port, { path, cookie: desk.cookie });
      if (status !== 200 || !body.includes('<svg'))
        throw new Error(`${path}: ${status} ${body.slice(0, 300)}`);
    };
    const extra = { engine, tickets };
    await measure('dashboard', { pid: desk.pid, target: 50, extra }, isQuick ? 40 : 100, once, 30);
  } finally {
    await desk.stop();
  }
}
