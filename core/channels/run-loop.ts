import type { App } from '../database/app.js';
import type { SignalName } from '../database/signals.js';

export interface Loop {
  start(): void;
  /** Resolves when the round under way is over. */
  stop(): Promise<void>;
  /** For tests and commands: rounds until there is nothing left to do. */
  drain(): Promise<void>;
}

/**
 * Runs `round` again and again: at once while it says there is more, else after a signal or `pollMs`. A round that
 * fails is logged, and the next waits a poll.
 */
export function createLoop(
  app: App,
  {
    signal,
    pollMs,
    round,
    name,
  }: { signal: SignalName; pollMs: number; round: () => Promise<boolean>; name: string },
): Loop {
  let stopped = true;
  let wake: (() => void) | undefined;
  let woken = false;
  let running = Promise.resolve();
  let unsubscribe: () => void = nothing;

  const pause = () =>
    new Promise<void>((resolve) => {
      if (woken || stopped) return resolve();
      const timer = setTimeout(resolve, pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function run(): Promise<void> {
    while (!stopped) {
      woken = false;
      const more = await round().catch((error: unknown) => {
        app.log.error({ err: error, loop: name }, 'a round failed');
        return false;
      });
      if (!more) await pause();
    }
  }

  return {
    start() {
      if (!stopped) return;
      stopped = false;
      unsubscribe = app.signals.on(signal, () => {
        woken = true;
        wake?.();
      });
      running = run();
    },
    async stop() {
      stopped = true;
      unsubscribe();
      wake?.();
      await running;
    },
    async drain() {
      while (await round());
    },
  };
}

function nothing(): void {}
