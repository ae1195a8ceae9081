import { AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';

export type SignalName = 'events' | 'jobs' | 'intake' | 'deliveries' | 'settings';

/** Wakes loops that would otherwise poll. A lost signal only costs time: every loop polls as well. */
export interface Signals {
  wake(name: SignalName): void;
  on(name: SignalName, listener: () => void): () => void;
  /** Remembers work in the background, so that a shutdown and a test can wait for it. */
  track(work: Promise<unknown>): void;
  /** Resolves when nothing tracked is under way. */
  settled(): Promise<void>;
}

export function createSignals(): Signals {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const underWay = new Set<Promise<unknown>>();
  return {
    track(work) {
      underWay.add(work);
      void work.finally(() => underWay.delete(work)).catch(() => undefined);
    },
    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
    wake: (name) => void emitter.emit(name),
    on: (name, listener) => {
      // A listener goes on in its own context: a wake from inside a transaction must not make it part of that.
      const bound = AsyncResource.bind(listener);
      emitter.on(name, bound);
      return () => emitter.off(name, bound);
    },
  };
}
