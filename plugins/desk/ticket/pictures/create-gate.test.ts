import { expect, it } from 'vitest';
import { createGate } from './create-gate.js';

it('lets so many through at once, the others in their order, and sends away who is too many', async () => {
  const gate = createGate({ most: 2, waiting: 2 });
  const open: (() => void)[] = [];
  const began: number[] = [];
  const come = (number: number) =>
    gate.pass(async () => {
      began.push(number);
      await new Promise<void>((done) => open.push(done));
      if (number === 1) throw new Error('failed');
      return number;
    });
  const first = come(1);
  const others = [2, 3, 4].map(come);
  expect(await come(5)).toBeUndefined();
  expect(began).toEqual([1, 2]);
  open.shift()?.();
  await expect(first).rejects.toThrow('failed');
  await expect.poll(() => began).toEqual([1, 2, 3]);
  while (began.length < 4 || open.length > 0) {
    open.shift()?.();
    await new Promise(setImmediate);
  }
  expect(await Promise.all(others)).toEqual([2, 3, 4]);
});
