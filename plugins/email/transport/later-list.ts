/** Mails to be offered again, each after a pause that doubles with every time it was put off. */
export interface LaterList {
  putOff: (uid: number) => void;
  forget: (uid: number) => void;
  isDue: (uid: number) => boolean;
  /** Every mail is due at once; how often each was put off is remembered. */
  wakeAll: () => void;
  /** Milliseconds until the first becomes due; undefined when none waits. */
  nextDueIn: () => number | undefined;
}

export function createLaterList(options: { firstMs: number; longestMs: number; now(): Date }): LaterList {
  const waiting = new Map<number, { times: number; until: number }>();
  const now = (): number => options.now().getTime();
  return {
    putOff: (uid) => {
      const times = (waiting.get(uid)?.times ?? 0) + 1;
      const pause = Math.min(options.longestMs, options.firstMs * 2 ** Math.min(times - 1, 30));
      waiting.set(uid, { times, until: now() + pause });
    },
    forget: (uid) => void waiting.delete(uid),
    isDue: (uid) => (waiting.get(uid)?.until ?? 0) <= now(),
    wakeAll: () => {
      for (const [uid, { times }] of waiting) waiting.set(uid, { times, until: 0 });
    },
    nextDueIn: () => {
      if (waiting.size === 0) return undefined;
      const first = [...waiting.values()].reduce((least, { until }) => Math.min(least, until), Infinity);
      return Math.max(0, first - now());
    },
  };
}
