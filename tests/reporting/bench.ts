// `npx tsx -C @helpdesk/source tests/reporting/bench.ts [tickets]`: how many events a second become facts.
import { testEngines } from '@helpdesk/core/testing';
import { startDemoDesk } from './demo-desk.js';
import { rebuildFacts } from '../../plugins/reporting/facts/rebuild-facts.js';

const tickets = Number(process.argv[2] ?? 5000);
for (const engine of testEngines) {
  const desk = await startDemoDesk({ engine, tickets, follows: false, switches: false });
  const { app } = desk;
  const actor = { kind: 'system', id: 'bench', door: 'cli' } as const;
  await desk.drain();
  await app.switchPlugin('reporting', true, actor);
  const begun = performance.now();
  await desk.drain();
  const followed = performance.now() - begun;
  const again = performance.now();
  const { events } = await rebuildFacts(app);
  const pace = (ms: number) => Math.round(events / (ms / 1000));
  const [follow, rebuild] = [pace(followed), pace(performance.now() - again)];
  process.stdout.write(`${engine}: ${events} events; rebuild ${rebuild}/s, follower ${follow}/s\n`);
  await desk.close();
}
