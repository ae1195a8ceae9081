/** Asks until there is an answer. @throws when there is none within `ms` */
export async function until<T>(ask: () => Promise<T | undefined | null | false>, ms = 20_000): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`nothing came within ${ms} ms: ${ask.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
