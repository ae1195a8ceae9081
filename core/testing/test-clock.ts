/** A clock that stands still until it is told. */
export interface TestClock {
  now(): Date;
  /** @param ms how far to move on */
  pass(ms: number): void;
  set(at: Date): void;
}

export function createTestClock(start = new Date('2026-03-12T09:00:00.000Z')): TestClock {
  let current = start.getTime();
  return {
    now: () => new Date(current),
    pass: (ms) => void (current += ms),
    set: (at) => void (current = at.getTime()),
  };
}
