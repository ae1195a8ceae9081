import { describe, expect, it } from 'vitest';
import { normaliseIdentity } from './normalise-identity.js';

const email = (value: string) => normaliseIdentity('email', value);
const phone = (value: string, country?: string) => normaliseIdentity('phone', value, country);

describe('an address', () => {
  it('is compared in lower case, without spaces around it, its domain in ASCII', () => {
    expect(email('  Carla@Client.Example ')).toBe('carla@client.example');
    expect(email('ИВАН@Почта.рф')).toBe('иван@xn--80a1acny.xn--p1ai');
    expect(email('ivan@xn--80a1acny.xn--p1ai')).toBe('ivan@xn--80a1acny.xn--p1ai');
  });

  it('keeps what tells two mailboxes apart: dots and tags', () => {
    expect(email('c.a.r.l.a+shop@client.example')).toBe('c.a.r.l.a+shop@client.example');
  });

  it.each([
    '',
    'carla',
    '@client.example',
    'carla@',
    'carla@a@b',
    'a b@client.example',
    'carla@client.example, eve@evil.example',
    'Carla <carla@client.example>',
    '"carla"@client.example',
    'carla@client.example\r\nBcc: eve@evil.example',
    'carla\u0000@client.example',
    'carla@[127.0.0.1]',
    'carla@exa%mple',
  ])('is none: %j', (value) => {
    expect(email(value)).toBeUndefined();
  });

  it('has 320 characters at most', () => {
    const domain = '@client.example';
    expect(email('a'.repeat(320 - domain.length) + domain)).toHaveLength(320);
    expect(email('a'.repeat(321 - domain.length) + domain)).toBeUndefined();
  });
});

describe('a phone', () => {
  it('is one number however it is written', () => {
    for (const written of ['+7 (912) 345-67-89', '8 912 345 67 89', '9123456789', '+79123456789'])
      expect(phone(written), written).toBe('+79123456789');
  });

  it('is of the country it is read in, unless it names one', () => {
    expect(phone('020 7946 0018', 'GB')).toBe('+442079460018');
    expect(phone('+44 20 7946 0018', 'RU')).toBe('+442079460018');
  });

  it('is none without enough digits, with words, or when it is too long to be one', () => {
    for (const value of ['', '12', 'call me', '+', `+7${'9'.repeat(40)}`])
      expect(phone(value), value).toBeUndefined();
  });
});

describe('the identity of another channel', () => {
  it('is compared in lower case, and is none when empty or over 320 characters', () => {
    expect(normaliseIdentity('telegram', ' @Carla ')).toBe('@carla');
    expect(normaliseIdentity('telegram', '   ')).toBeUndefined();
    expect(normaliseIdentity('telegram', 'x'.repeat(321))).toBeUndefined();
  });
});
