import { expect, it } from 'vitest';
import { company, groups, kinds } from './company.js';
import { replayYear } from './replay-year.js';
import { shareSetFree, writeReport } from './report.js';
import { tellYear } from './tell-year.js';

const from = new Date('2025-01-01T00:00:00.000Z');
const run = async (seed: number) => {
  const year = tellYear({ seed, requests: 50, from });
  const told = {
    before: await replayYear('before', year, from),
    after: await replayYear('after', year, from),
  };
  return { year, ...told, report: writeReport({ seed, ...told }) };
};

it('tells the same year for a seed, and another one for another', async () => {
  const [one, two] = [await run(7), await run(7)];
  expect(two.report).toBe(one.report);
  expect(tellYear({ seed: 8, requests: 50, from })).not.toEqual(one.year);

  const large = (outcomes: typeof one.after) =>
    outcomes.filter(({ group }) => group === 'A' || group === 'B');
  const others = (outcomes: typeof one.after) =>
    outcomes.filter(({ group }) => group !== 'A' && group !== 'B');
  expect(new Set(one.before.map(({ owner }) => owner))).toEqual(new Set(['manager']));
  expect(new Set(large(one.after).map(({ owner }) => owner))).toEqual(new Set(['manager']));
  expect(new Set(others(one.after).map(({ owner }) => owner))).toEqual(new Set(['centre']));
  expect(large(one.after)).toEqual(large(one.before));
  expect(one.after.some(({ wasHandedOver }) => wasHandedOver)).toBe(true);
  expect(shareSetFree(one)).toBeGreaterThan(0);

  // Every assumption stands in what is printed.
  for (const { name, weight } of groups) expect(one.report).toMatch(new RegExp(`${name}.*${weight} %`));
  for (const { name, manager, centre } of kinds)
    expect(one.report).toMatch(new RegExp(`${name} +${manager} +${centre} `));
  for (const value of Object.values(company))
    expect(one.report).toContain(value < 1 ? `${value * 100} %` : String(value));
}, 240_000);

it('tells requests of working hours alone, as often as the shares say', () => {
  const year = tellYear({ seed: 1, requests: 20_000, from });
  for (const { at } of year) {
    expect([0, 6]).not.toContain(at.getUTCDay());
    expect(at.getUTCHours()).toBeGreaterThanOrEqual(9);
    expect(at.getUTCHours()).toBeLessThan(18);
  }
  for (const { key, weight } of groups) {
    const share = year.filter(({ group }) => group === key).length / year.length;
    expect(Math.abs(share - weight / 100)).toBeLessThan(0.015);
  }
});
