/** Pages that wait for news, by visitor. Lives in this process; nothing is lost with it, pages ask again. */
export interface Waiters {
  /** Resolves when there may be news, or after so long. */
  wait(visitor: string, ms: number): Promise<void>;
  wake(visitor: string): void;
  /** Lets everybody go and nobody wait any more. */
  close(): void;
  isClosed(): boolean;
}

/** Of one visitor: tabs of one browser share a connection, so more are stale. */
const TABS_MOST = 4;

export function createWaiters(): Waiters {
  const waiting = new Map<string, Set<() => void>>();
  let isClosed = false;

  return {
    wait: (visitor, ms) =>
      new Promise((resolve) => {
        if (isClosed) return resolve();
        const pages = waiting.get(visitor) ?? new Set();
        waiting.set(visitor, pages);
        const [oldest] = pages;
        if (pages.size >= TABS_MOST) oldest?.();
        const go = () => {
          clearTimeout(timer);
          pages.delete(go);
          if (pages.size === 0 && waiting.get(visitor) === pages) waiting.delete(visitor);
          resolve();
        };
        const timer = setTimeout(go, ms);
        pages.add(go);
      }),
    wake(visitor) {
      for (const go of waiting.get(visitor) ?? []) go();
    },
    close() {
      isClosed = true;
      for (const pages of waiting.values()) for (const go of pages) go();
    },
    isClosed: () => isClosed,
  };
}
