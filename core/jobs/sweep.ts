import type { App } from '../database/app.js';
import { change } from '../database/change.js';
import { later } from './back-off.js';

const KEYS_KEPT_MS = 48 * 60 * 60_000;
const AT_A_TIME = 1000;

/** Forgets idempotency keys older than 48 hours, little by little. @returns how many */
export async function deleteOldIdempotencyKeys(app: App): Promise<number> {
  const before = later(app.now(), -KEYS_KEPT_MS);
  for (let total = 0; ;) {
    const removed = await change(app, ({ trx }) => {
      const old = trx('idempotency').where('at', '<', before).orderBy('at').limit(AT_A_TIME).select('key');
      return trx('idempotency').whereIn('key', old).delete();
    });
    total += removed;
    if (removed < AT_A_TIME) return total;
  }
}
