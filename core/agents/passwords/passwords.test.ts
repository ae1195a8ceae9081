import { describe, expect, test } from 'vitest';
import { checkPassword } from './check-password.js';
import { hashPassword, isOutdated, verifyPassword } from './hash-password.js';

const owner = { email: 'anna.petrova@example.org', name: 'Anna Petrova', company: 'Horns & Hooves' };
const because = (password: string) => checkPassword(password, owner)?.because;

describe('a password', () => {
  test.each(['short', '1234567', 'пароль1', ' '])('is refused when it is too short: %j', (password) => {
    expect(because(password)).toBe('core.password.tooShort');
  });

  test.each([
    'password',
    'Password1',
    'Password2024!',
    'P@ssw0rd',
    'qwertyuiop',
    '12345678',
    '9876543210',
    '1234567890',
    'aaaaaaaa',
    'abcabcabc',
    '12121212',
    'йцукенгшщз',
    'Пароль123',
    'фывапролдж',
    'ячсмитьбю',
    'gfhjkm123',
    'ghbdtn2024',
    'qwerty123',
    '1q2w3e4r',
    '1qaz2wsx',
    '1й2ц3у4к',
    'iloveyou',
    'trustno1',
    'admin1234',
    'helpdesk1',
    'Поддержка1',
  ])('is refused when everybody tries it: %j', (password) => {
    expect(because(password)).toBe('core.password.common');
  });

  test.each(['anna.petrova', 'ANNA.PETROVA@example.org', 'annapetrova', 'Horns & Hooves'])(
    'is refused when it is about its owner: %j',
    (password) => expect(because(password)).toBe('core.password.personal'),
  );

  test.each([
    'leaf cabin orbit',
    'зелёный чайник у окна',
    '  q  z  x',
    'monkey840291837401928',
    'aaaaaaab',
    '\u{1f600}'.repeat(4) + 'abcd',
  ])('is taken without rules on its characters: %j', (password) => expect(because(password)).toBeUndefined());

  test('may have 256 characters and no more', () => {
    const long = 'leaf cabin '.repeat(24).slice(0, 256);
    expect(because(long)).toBeUndefined();
    expect(because(`${long}x`)).toBe('core.password.tooLong');
    expect(because('x'.repeat(10_000_000))).toBe('core.password.tooLong');
  });

  test('is compared to its last character, in any spelling of the same letters', async () => {
    const long = 'leaf cabin '.repeat(24).slice(0, 255);
    const stored = await hashPassword(`${long}a`);
    expect(await verifyPassword(stored, `${long}a`)).toBe(true);
    expect(await verifyPassword(stored, `${long}b`)).toBe(false);
    expect(await verifyPassword(await hashPassword('cafe\u0301 cafe\u0301'), 'caf\u00e9 caf\u00e9')).toBe(
      true,
    );
    expect(await verifyPassword(null, 'leaf cabin orbit')).toBe(false);
  });

  test('is hashed by Argon2id', async () => {
    const stored = await hashPassword('leaf cabin orbit');
    expect(stored).toMatch(/^\$argon2id\$v=19\$/);
    expect(isOutdated(stored)).toBe(false);
    expect(isOutdated(stored.replace('t=1', 't=3'))).toBe(true);
  });
});
