import type { App } from '../../database/app.js';
import type { Database } from '../../database/connect.js';
import { addressKey } from './address-key.js';
import { createLimiter, type Limiter } from './limiter.js';

const WINDOW = 15 * 60_000;
const HOUR = 60 * 60_000;

/** Who may still try a password. Kept in the memory of this process, for each database it has open. */
export interface SignInLimits {
  /** @returns 0, or the seconds to wait */
  take(email: string, ip: string, now: Date): number;
  /** The password was right: the account's count starts anew, and this address keeps a count of its own. */
  succeeded(email: string, ip: string): void;
  /** For links that reset a password: fewer, since each is a mail. */
  takeReset(email: string, ip: string, now: Date): number;
}

const perDatabase = new WeakMap<Database, SignInLimits>();

export function signInLimits(app: App): SignInLimits {
  const known = perDatabase.get(app.database) ?? createSignInLimits();
  perDatabase.set(app.database, known);
  return known;
}

function createSignInLimits(): SignInLimits {
  const accounts = createLimiter({ points: 10, windowMs: WINDOW, most: 20_000 });
  const addresses = createLimiter({ points: 50, windowMs: WINDOW, most: 20_000 });
  const resetAccounts = createLimiter({ points: 4, windowMs: HOUR, most: 20_000 });
  const resetAddresses = createLimiter({ points: 20, windowMs: HOUR, most: 20_000 });
  const proven = new Set<string>();
  // Where somebody has signed in before, they are counted apart: a stranger who guesses elsewhere does not lock them out.
  const accountKey = (email: string, ip: string) => {
    const own = `${email} ${addressKey(ip)}`;
    return proven.has(own) ? own : email;
  };
  return {
    take: (email, ip, now) =>
      takeFor(addresses, addressKey(ip), now) || accounts.take(accountKey(email, ip), now),
    takeReset: (email, ip, now) =>
      takeFor(resetAddresses, addressKey(ip), now) || resetAccounts.take(email, now),
    succeeded(email, ip) {
      accounts.forget(accountKey(email, ip));
      const own = `${email} ${addressKey(ip)}`;
      proven.delete(own);
      proven.add(own);
      const [oldest] = proven;
      if (proven.size > 10_000 && oldest !== undefined) proven.delete(oldest);
    },
  };
}

// Calls from this machine itself, such as the command line, have no address.
const takeFor = (limiter: Limiter, key: string, now: Date) => (key === '' ? 0 : limiter.take(key, now));
