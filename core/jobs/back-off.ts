const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long a job that failed waits, by the number of attempts so far; the last one repeats. */
export const JOB_BACK_OFF: readonly number[] = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR];

/** The same for an event that a follower could not take; after the last one it is a dead letter. */
export const LETTER_BACK_OFF: readonly number[] = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR];

/** The pause in ms after `attempts` (1, 2, …); the last pause repeats. No attempts: no pause. */
export function pauseAfter(attempts: number, pauses: readonly number[]): number {
  if (attempts < 1) return 0;
  return pauses[Math.min(attempts, pauses.length) - 1] ?? 0;
}

/** An ISO time `ms` later. */
export function later(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString();
}
