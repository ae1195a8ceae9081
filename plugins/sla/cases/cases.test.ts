import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { casesTable } from './cases-table.js';
import { runCase, wantedOf } from './run-case.js';
import { workedCases } from './worked-cases.js';

it.each(workedCases)('$title', (one) => {
  expect(runCase(one)).toBe(wantedOf(one));
});

it('there are enough of them, and the page tells the same', () => {
  expect(workedCases.length).toBeGreaterThanOrEqual(40);
  const page = readFileSync(new URL('../../../docs/run/sla.md', import.meta.url), 'utf8');
  expect(page).toContain(casesTable());
});
