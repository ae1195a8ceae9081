/** `points` tries per key within `windowMs`; at most `most` keys are remembered. */
export interface LimiterOptions {
  readonly points: number;
  readonly windowMs: number;
  readonly most: number;
}

export interface Limiter {
  /** Takes a point, or `cost` of them. @returns 0, or how many seconds to wait when there is none left */
  take(key: string, now: Date, cost?: number): number;
  /** Gives all points of a key back. */
  forget(key: string): void;
  readonly size: number;
}

/** Counts tries in the memory of this process. A window starts with its first try and is never made longer. */
export function createLimiter({ points, windowMs, most }: LimiterOptions): Limiter {
  const windows = new Map<string, { until: number; used: number }>();

  // The oldest windows come first and end first.
  const makeRoom = (now: number) => {
    for (const [key, { until }] of windows) {
      if (until > now && windows.size < most) return;
      windows.delete(key);
    }
  };
  return {
    take(key, at, cost = 1) {
      const now = at.getTime();
      const known = windows.get(key);
      // A window that ends later than it can was opened before the clock was put back.
      const isCurrent = known && known.until > now && known.until <= now + windowMs;
      if (isCurrent && known.used >= points) return Math.ceil((known.until - now) / 1000);
      if (isCurrent) {
        known.used += cost;
        return 0;
      }
      windows.delete(key);
      makeRoom(now);
      windows.set(key, { until: now + windowMs, used: cost });
      return 0;
    },
    forget: (key) => void windows.delete(key),
    get size() {
      return windows.size;
    },
  };
}
