/** Resolves when all of the work has ended, or after so many ms: what still runs goes on. @throws what the work throws */
export async function settledWithin(work: Iterable<Promise<unknown>>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  try {
    await Promise.race([Promise.all(work), late]);
  } finally {
    clearTimeout(timer);
  }
}
