import type { CommandDefinition } from '@helpdesk/core';
import { rebuildFacts } from './rebuild-facts.js';

export const rebuildCommand: CommandDefinition = {
  name: 'reporting:rebuild',
  summary: 'Make the facts of the reports anew from the event log; the desk may run',
  needs: 'app',
  async run({ app, output, errors }) {
    const begun = performance.now();
    const { tickets, events } = await rebuildFacts(app, (done, all) =>
      errors.write(`${done} of ${all} tickets\n`),
    );
    const seconds = Math.max(0.001, (performance.now() - begun) / 1000);
    const pace = Math.round(events / seconds);
    output.write(`${tickets} tickets from ${events} events, ${pace} events a second\n`);
    return 0;
  },
};
