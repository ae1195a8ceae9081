import { expect, it } from 'vitest';
import { change } from '../database/change.js';
import { makeTestApp } from '../testing/test-app.js';
import { deleteOldIdempotencyKeys } from './sweep.js';

it('forgets idempotency keys after 48 hours', async () => {
  const app = await makeTestApp();
  const add = (key: string) =>
    change(app, ({ trx, at }) => trx('idempotency').insert({ key, answer: '{}', at }));
  await add('old');
  app.clock.pass(47 * 3_600_000);
  await add('young');
  expect(await deleteOldIdempotencyKeys(app)).toBe(0);
  app.clock.pass(3_600_001);
  expect(await deleteOldIdempotencyKeys(app)).toBe(1);
  expect(await app.db('idempotency').select('key')).toEqual([{ key: 'young' }]);
  await app.close();
});
