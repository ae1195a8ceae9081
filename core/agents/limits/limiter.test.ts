import { expect, test } from 'vitest';
import { addressKey } from './address-key.js';
import { createLimiter } from './limiter.js';

const at = (ms: number) => new Date(1_000_000 + ms);

test('takes so many tries, then says how long to wait, and never makes the window longer', () => {
  const limiter = createLimiter({ points: 2, windowMs: 10_000, most: 10 });
  expect([0, 1, 2].map((ms) => limiter.take('a', at(ms)))).toEqual([0, 0, 10]);
  expect(limiter.take('b', at(3))).toBe(0);
  expect(limiter.take('a', at(9_500))).toBe(1);
  expect(limiter.take('a', at(10_000))).toBe(0);
});

test('gives all tries back when told to', () => {
  const limiter = createLimiter({ points: 1, windowMs: 10_000, most: 10 });
  limiter.take('a', at(0));
  limiter.forget('a');
  expect(limiter.take('a', at(1))).toBe(0);
});

test('remembers no more keys than it may, and drops the oldest', () => {
  const limiter = createLimiter({ points: 1, windowMs: 10_000, most: 100 });
  for (let i = 0; i < 1000; i++) limiter.take(`key ${i}`, at(i));
  expect(limiter.size).toBe(100);
  expect(limiter.take('key 999', at(1000))).toBeGreaterThan(0);
  expect(limiter.take('key 0', at(1000))).toBe(0);
});

test('a clock that is put back does not lock anybody out for longer than a window', () => {
  const limiter = createLimiter({ points: 1, windowMs: 10_000, most: 10 });
  limiter.take('a', at(900_000));
  expect(limiter.take('a', at(0))).toBe(0);
});

test.each([
  ['10.0.0.1', '10.0.0.1'],
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['2001:0db8:0001:2::ff', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::10.0.0.1', '64:ff9b:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['nonsense', 'nonsense'],
])('counts %s as %s', (ip, key) => expect(addressKey(ip)).toBe(key));
