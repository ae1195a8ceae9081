import { expect, it } from 'vitest';
import { drawBars } from './draw-bars.js';
import { drawColumns } from './draw-columns.js';
import { drawLines } from './draw-lines.js';
import { drawMatrix } from './draw-matrix.js';
import { topOf } from './viz.js';

const labels = ['a', 'b', 'c', 'd'];
const say = String;

it('draws each picture for wide and for narrow screens', () => {
  for (const pictures of [
    drawBars([{ label: 'a', value: 1, text: '1' }]),
    drawColumns([{ name: 'x', values: [1, 2, 3, 4] }], { labels, say }),
    drawLines([{ name: 'x', values: [1, 2, 3, 4] }], { labels, say }),
  ])
    expect(pictures.map(({ cls, width }) => [cls, width])).toEqual([
      ['wide', 640],
      ['narrow', 330],
    ]);
});

it('stacks columns so that their heights are as their values', () => {
  const [wide] = drawColumns(
    [
      { name: 'x', values: [50] },
      { name: 'y', values: [25] },
    ],
    { labels: ['a'], say },
  );
  const [first, second] = wide?.rects ?? [];
  expect([first?.cls, second?.cls]).toEqual(['f1', 'f2']);
  expect((first?.height ?? 0) + 1).toBeCloseTo(2 * ((second?.height ?? 0) + 1), 0);
});

it('breaks a line where there is nothing, and shows a lonely value as a dot', () => {
  const [wide] = drawLines([{ name: 'x', values: [1, 2, null, 4] }], { labels, say });
  expect(wide?.lines.length).toBe(1);
  expect(wide?.rects.length).toBe(1);
});

it('stays inside of its picture whatever the values', () => {
  for (const values of [
    [0, 0, 0, 0],
    [1e9, 1, 0, 3],
    [0.1, 0.2, 0.3, 1],
  ]) {
    for (const { height, rects, texts, width } of drawColumns([{ name: 'x', values }], { labels, say })) {
      for (const rect of rects) expect(rect.y >= 0 && rect.y + rect.height <= height).toBe(true);
      for (const { x } of texts) expect(x >= 0 && x <= width).toBe(true);
    }
  }
});

it('ends an axis at a round number', () => {
  expect([0, 1, 3, 7, 12, 51, 0.3].map((value) => topOf([value]))).toEqual([1, 1, 5, 10, 20, 100, 0.5]);
});

it('fills a matrix by its values, and never so much that its words drown', () => {
  const row = { label: 'a', cells: [{ value: 0, text: '0' }, { value: 10, text: '10' }, null] };
  const [wide, narrow] = drawMatrix([row], ['x', 'y', 'z', 'more']);
  expect(wide?.rects.map(({ opacity }) => opacity)).toEqual([0.08, 0.55, 0.4, 0.4]);
  expect(narrow?.rects.length).toBe(3);
});
