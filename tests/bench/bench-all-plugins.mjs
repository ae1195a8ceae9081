// The desk of `--all-plugins`: every plugin switched on, three rules of which one holds, a policy, clocks that run.
import config from './all-plugins.config.mjs';
import { seedClocks } from './seed-clocks.mjs';
import { seedFacts } from './seed-facts.mjs';
import { seedRules } from './seed-rules.mjs';

export const atDesk = {
  plugins: () => config.plugins,
  async seed(app, { tickets }) {
    await seedRules(app, { count: 2, holds: false });
    await seedRules(app, { count: 1, holds: true });
    await seedClocks(app);
    await seedFacts(app, { tickets });
  },
};
