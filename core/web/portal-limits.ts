import { addressKey } from '../agents/limits/address-key.js';
import { createLimiter } from '../agents/limits/limiter.js';
import { errors } from '../errors/errors.js';

const MINUTE = 60_000;
const MOST = 50_000;

/** How many pages a visitor of the portal may ask for and send in a minute; in the memory of this process. */
export interface PortalLimits {
  /** @throws RATE_LIMITED */
  take(visit: { ip: string; isRead: boolean; now: Date }): void;
}

export function createPortalLimits(): PortalLimits {
  const reads = createLimiter({ points: 240, windowMs: MINUTE, most: MOST });
  const writes = createLimiter({ points: 40, windowMs: MINUTE, most: MOST });
  return {
    take({ ip, isRead, now }) {
      const seconds = (isRead ? reads : writes).take(addressKey(ip), now);
      if (seconds > 0) throw errors.RATE_LIMITED({ seconds });
    },
  };
}
