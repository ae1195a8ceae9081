/** Seeded chance: the same seed tells the same year. */
export interface Chance {
  /** From 0 up to but without 1. */
  next(): number;
  /** One of several, as often as its weight says. */
  pick<T extends { readonly weight: number }>(items: readonly T[]): T;
  /** Around 1, skewed to the right: how much longer or shorter than usual something takes. */
  factor(): number;
}

export function createChance(seed: number): Chance {
  let state = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) >>> 0;
  // A xorshift of 32 bits; its state is never 0.
  const next = () => {
    state ||= 0x1234567;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 4_294_967_296;
  };
  for (let i = 0; i < 8; i += 1) next();
  return {
    next,
    pick(items) {
      let at = next() * items.reduce((sum, { weight }) => sum + weight, 0);
      const found = items.find(({ weight }) => (at -= weight) < 0) ?? items.at(-1);
      if (!found) throw new RangeError('nothing to pick from');
      return found;
    },
    factor: () => 0.5 - Math.log(1 - next()) * 0.5,
  };
}
