import { expect, it } from 'vitest';
import { summarise } from './statistics.js';

it('answers with values that occurred: the nearest rank', () => {
  const ten = Array.from({ length: 10 }, (_, i) => 10 - i);
  expect(summarise(ten)).toMatchObject({ n: 10, sum: 55, mean: 5.5, median: 5, p90: 9 });
  expect(summarise([3])).toMatchObject({ median: 3, p90: 3 });
  expect(summarise([100, 9])).toMatchObject({ median: 9, p90: 100 });
});

it('says nothing of nothing', () => {
  expect(summarise([])).toMatchObject({ n: 0, sum: 0, mean: null, median: null, p90: null });
});
