import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestDesk, type TestDesk } from '../testing/index.js';
import { isSetupCode, readSetupCode } from './setup-code.js';
import { setUpCompany } from './set-up-company.js';

let desk: TestDesk;
beforeEach(async () => {
  desk = await startTestDesk({ config: {}, bare: true });
});
afterEach(() => desk.close());

it('stays the same until the desk is set up, in a file of its owner alone', async () => {
  const code = await readSetupCode(desk.app);
  expect(code).toMatch(/^[\w-]{22}$/);
  expect(await readSetupCode(desk.app)).toBe(code);
  expect((await stat(join(desk.folder, 'setup-code'))).mode & 0o777).toBe(0o600);
});

it('knows the right code from a wrong, an empty and an endless one', async () => {
  const code = await readSetupCode(desk.app);
  expect(await isSetupCode(desk.app, code)).toBe(true);
  for (const wrong of [undefined, '', 'x', `${code}x`, 'x'.repeat(100_000)])
    expect(await isSetupCode(desk.app, wrong)).toBe(false);
});

it('is gone with the first owner', async () => {
  const code = await readSetupCode(desk.app);
  const owner = { name: 'Olga', email: 'olga@helpdesk.example', password: 'correct horse battery' };
  await setUpCompany(desk.app, { company: 'W', language: 'en', timeZone: 'UTC', owner, door: 'test' });
  await expect(stat(join(desk.folder, 'setup-code'))).rejects.toThrow();
  expect(await isSetupCode(desk.app, code)).toBe(false);
});
