import { parseArgs } from 'node:util';
import { replayYear } from './replay-year.js';
import { writeReport } from './report.js';
import { tellYear } from './tell-year.js';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, requests: { type: 'string', default: '1500' } },
});
const [seed, requests] = [Number(values.seed), Number(values.requests)];
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(requests) || requests < 1 || requests > 200_000) {
  console.error('npm run simulate -- [--seed 1] [--requests 1500]');
  process.exit(2);
}

const from = new Date('2025-01-01T00:00:00.000Z');
const year = tellYear({ seed, requests, from });
const before = await replayYear('before', year, from);
const after = await replayYear('after', year, from);
console.log(writeReport({ seed, before, after }));
