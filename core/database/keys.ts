import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** Everything that is secret hangs on one key file outside the database. */
export interface Keys {
  /** AES-256-GCM; for passwords of mailboxes and tokens of bots. */
  encrypt(plain: string): string;
  /** @returns undefined when the text was made with another key or was changed. */
  decrypt(sealed: string): string | undefined;
  /** HMAC-SHA-256 cut to 128 bits, base64url (22 characters). `purpose` keeps uses apart. */
  sign(purpose: string, text: string): string;
  /** Strict on length, constant in time. */
  verify(purpose: string, text: string, signature: string): boolean;
}

export function createKeys(master: Buffer): Keys {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', master, '', `helpdesk/${purpose}`, 32));
  const derived = new Map<string, Buffer>();
  const keyFor = (purpose: string) => {
    const known = derived.get(purpose) ?? derive(purpose);
    derived.set(purpose, known);
    return known;
  };
  const sign = (purpose: string, text: string) =>
    createHmac('sha256', keyFor(purpose)).update(text).digest().subarray(0, 16).toString('base64url');
  return {
    sign,
    verify(purpose, text, signature) {
      const expected = Buffer.from(sign(purpose, text));
      const given = Buffer.from(signature);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
    encrypt(plain) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keyFor('encrypt'), iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    decrypt(sealed) {
      if (!sealed.startsWith('v1.')) return undefined;
      const bytes = Buffer.from(sealed.slice(3), 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', keyFor('encrypt'), bytes.subarray(0, 12));
        decipher.setAuthTag(bytes.subarray(12, 28));
        return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}

/** A random token of 128 bits and the hash under which it is stored. */
export function newToken(): { token: string; hash: string } {
  const token = randomBytes(16).toString('base64url');
  return { token, hash: hashToken(token) };
}
/** Tokens are random, so one round of SHA-256 suffices. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
