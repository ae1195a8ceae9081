const SIZE = 200;

/** Works through a list in pieces that fit into one statement of both databases. */
export async function eachChunk<T>(
  items: readonly T[],
  work: (some: readonly T[]) => Promise<unknown>,
  size = SIZE,
): Promise<void> {
  for (let at = 0; at < items.length; at += size) await work(items.slice(at, at + size));
}
