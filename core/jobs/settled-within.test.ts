import { expect, it } from 'vitest';
import { settledWithin } from './settled-within.js';

const HOUR_MS = 3_600_000;

it('ends with the work, long before the time is over', async () => {
  const done: string[] = [];
  const work = Promise.resolve().then(() => done.push('work'));
  await settledWithin([work], HOUR_MS);
  expect(done).toEqual(['work']);
});

it('ends when the time is over, though the work goes on', async () => {
  await settledWithin([Promise.resolve(), new Promise(() => undefined)], 1);
});

it('says what the work failed with', async () => {
  await expect(settledWithin([Promise.reject(new Error('broken'))], HOUR_MS)).rejects.toThrow('broken');
});
