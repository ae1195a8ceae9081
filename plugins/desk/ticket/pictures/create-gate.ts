export interface Gate {
  /** Runs `work` when it is its turn. @returns undefined when too many wait already */
  pass<T>(work: () => Promise<T>): Promise<T | undefined>;
}

/** At most `most` at once; at most `waiting` more wait for their turn. */
export function createGate({ most, waiting }: { most: number; waiting: number }): Gate {
  let running = 0;
  const queue: (() => void)[] = [];
  return {
    async pass(work) {
      if (running >= most) {
        if (queue.length >= waiting) return undefined;
        // Whoever leaves hands its place over.
        await new Promise<void>((go) => queue.push(go));
      } else running += 1;
      try {
        return await work();
      } finally {
        const next = queue.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
