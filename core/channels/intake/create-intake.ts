import type { ChannelApp } from '../channel.js';
import { createLoop, type Loop } from '../run-loop.js';
import { claimIntake } from './claim-intake.js';
import { processItem } from './process-intake.js';

/** The worker that turns the journal's raw messages into tickets. */
export function createIntake(app: ChannelApp): Loop {
  return createLoop(app, {
    name: 'intake',
    signal: 'intake',
    pollMs: 5000,
    round: async () => {
      const items = await claimIntake(app);
      for (const item of items) await processItem(app, item);
      return items.length > 0;
    },
  });
}
