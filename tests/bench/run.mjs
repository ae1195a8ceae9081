// `npm run bench [-- --quick] [-- --json] [-- --all-plugins] [-- --only=rules,clocks]`: one table measured in one run. Quote the
// ratios: machines differ. With --all-plugins the first targets are measured on a desk with every bundled plugin
// switched on, with rules and a policy; --only names rows of plugins, and leaves the rest out.
import { benchArticles } from './bench-articles.mjs';
import { benchClocks } from './bench-clocks.mjs';
import { benchContact } from './bench-contact.mjs';
import { benchDashboard } from './bench-dashboard.mjs';
import { benchDesk } from './bench-desk.mjs';
import { benchFloor } from './bench-floor.mjs';
import { benchIdle, benchReady } from './bench-idle.mjs';
import { benchRules } from './bench-rules.mjs';
import { benchWebhook } from './bench-webhook.mjs';
import { agent, args, engines, isQuick, printHead, rows } from './measuring.mjs';

const sizes = isQuick ? [1000, 10_000] : [1000, 10_000, 100_000];
const ofPlugins = {
  contact: benchContact,
  rules: benchRules,
  clocks: benchClocks,
  articles: benchArticles,
  dashboard: benchDashboard,
  webhook: benchWebhook,
};
const only = [...args]
  .find((arg) => arg.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const isAll = args.has('--all-plugins');
const how = isAll ? { row: 'all-plugins', end: 'settle' } : {};

printHead();
if (!only) {
  await benchFloor();
  for (const engine of engines) for (const size of sizes) await benchDesk(engine, size, how);
  for (const engine of engines) await benchIdle(engine, how);
  await benchReady(how);
}
if (!isAll)
  for (const engine of engines)
    for (const [name, bench] of Object.entries(ofPlugins))
      if (only?.includes(name) ?? true) await bench(engine);
if (args.has('--json')) console.log(JSON.stringify({ rows }, null, 2));
agent.destroy();
