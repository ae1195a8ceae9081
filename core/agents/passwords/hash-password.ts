import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { MOST_CHARACTERS } from './check-password.js';

/** Memory in KiB, passes over it. */
export interface PasswordCost {
  readonly memoryCost: number;
  readonly timeCost: number;
}

let cost: PasswordCost =
  process.env['NODE_ENV'] === 'test' ? { memoryCost: 64, timeCost: 1 } : { memoryCost: 19_456, timeCost: 2 };

/** For tests that sign in often. Hashes of another cost stay valid and are renewed at the next sign-in. */
export function setPasswordCost(next: PasswordCost): void {
  cost = next;
  nobody = undefined;
}

/** Argon2id (RFC 9106) over the whole password, in the one spelling that Unicode has for it. */
export function hashPassword(password: string): Promise<string> {
  return hash(spelling(password), { ...cost, parallelism: 1 });
}

/** @param stored null when there is no such account: as much work is done, and the answer is no */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const isTooLong = password.length > MOST_CHARACTERS * 2;
  const given = isTooLong ? '' : spelling(password);
  nobody ??= hashPassword(randomBytes(16).toString('hex'));
  const isRight = await verify(stored ?? (await nobody), given);
  return isRight && stored !== null && !isTooLong;
}

/** Whether the hash was made with another cost than today's. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(`$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=1$`);
}

// The hash against which passwords of unknown accounts are tried, so that they take as long as known ones.
let nobody: Promise<string> | undefined;

const spelling = (password: string) => password.normalize('NFC');
