import type { Awaitable } from '../hooks/catalogue.js';

/** Waits for an answer at most so long. What was begun goes on, but nobody waits for it any more. */
export async function withPatience<T>(answer: Awaitable<T>, patienceMs: number): Promise<T> {
  if (!(answer instanceof Promise)) return answer;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs / 1000} s`)), patienceMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
