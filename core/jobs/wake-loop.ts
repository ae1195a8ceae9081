/** A loop that steps, then sleeps until it is woken or until the time that the step named has passed. */
export interface WakeLoop {
  readonly start: () => void;
  /** Resolves when the step under way has ended. */
  readonly stop: () => Promise<void>;
  readonly wake: () => void;
}

export interface WakeLoopOptions {
  /** @returns how long to sleep at most, in ms */
  readonly step: () => Promise<number>;
  readonly onError: (error: unknown) => void;
}

const REST_AFTER_ERROR_MS = 5000;

export function createWakeLoop({ step, onError }: WakeLoopOptions): WakeLoop {
  const state = { isRunning: false };
  let isWoken = false;
  let rouse: (() => void) | undefined;
  let ended: Promise<void> = Promise.resolve();

  async function loop(): Promise<void> {
    while (state.isRunning) {
      isWoken = false;
      const ms = await step().catch((error: unknown) => {
        onError(error);
        return REST_AFTER_ERROR_MS;
      });
      if (state.isRunning && !isWoken) await sleep(ms);
    }
  }

  // The waker only settles a promise: the loop goes on in its own async context, never in that of a change().
  function sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => rouse?.(), ms);
      rouse = () => {
        clearTimeout(timer);
        rouse = undefined;
        resolve();
      };
    });
  }

  function wake(): void {
    isWoken = true;
    rouse?.();
  }

  return {
    wake,
    start() {
      if (state.isRunning) return;
      state.isRunning = true;
      ended = ended.then(loop);
    },
    async stop() {
      state.isRunning = false;
      wake();
      await ended;
    },
  };
}
