import { addressKey } from '../../../agents/limits/address-key.js';
import { createLimiter, type Limiter } from '../../../agents/limits/limiter.js';
import type { App } from '../../../database/app.js';
import type { Database } from '../../../database/connect.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Who may still ask for a link or try a password. Kept in the memory of this process, for each database it has open. */
export interface AccessLimits {
  /** Each link is a mail: three a day to one address, twenty an hour for one visitor, 200 an hour in all. @returns seconds to wait */
  takeLink(address: string, ip: string, now: Date): number;
  takePassword(address: string, ip: string, now: Date): number;
  /** The password was right. */
  succeeded(address: string): void;
}

const perDatabase = new WeakMap<Database, AccessLimits>();

export function accessLimits(app: App): AccessLimits {
  const known = perDatabase.get(app.database) ?? createAccessLimits();
  perDatabase.set(app.database, known);
  return known;
}

function createAccessLimits(): AccessLimits {
  const links = createLimiter({ points: 3, windowMs: 24 * HOUR, most: 20_000 });
  const askers = createLimiter({ points: 20, windowMs: HOUR, most: 20_000 });
  const all = createLimiter({ points: 200, windowMs: HOUR, most: 1 });
  const accounts = createLimiter({ points: 10, windowMs: 15 * MINUTE, most: 20_000 });
  const addresses = createLimiter({ points: 50, windowMs: 15 * MINUTE, most: 20_000 });
  return {
    // Who asks is counted first: a flood from one place must not use up what all have.
    takeLink: (address, ip, now) =>
      takeFor(askers, addressKey(ip), now) || links.take(address, now) || all.take('all', now),
    takePassword: (address, ip, now) =>
      takeFor(addresses, addressKey(ip), now) || accounts.take(address, now),
    succeeded: (address) => accounts.forget(address),
  };
}

// Calls from this machine itself, such as tests and the command line, have no address.
const takeFor = (limiter: Limiter, key: string, now: Date) => (key === '' ? 0 : limiter.take(key, now));
