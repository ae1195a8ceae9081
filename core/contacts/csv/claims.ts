import { shortHash } from './known-organizations.js';

/** Which row of a file was the first to name somebody, in little memory. */
export class Claims {
  readonly #lines = new Map<number, number>();

  /** Takes keys for a row, all or none. @returns the first key that an earlier row has, and that row */
  claim(line: number, keys: readonly string[]): { key: string; line: number } | undefined {
    const hashed = keys.map((key) => ({ key, hash: shortHash(key) }));
    for (const { key, hash } of hashed) {
      const before = this.#lines.get(hash);
      if (before !== undefined) return { key, line: before };
    }
    for (const { hash } of hashed) this.#lines.set(hash, line);
    return undefined;
  }
}
