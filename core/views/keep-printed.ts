/** Remembers texts by key, the newest few million characters of them. */
export interface Keeper {
  /** What was made for this key before, or what `make` gives now. */
  keep(key: string, make: () => string): string;
}

/** @param most characters, of keys and texts together; between half of it and all of it is remembered */
export function createKeeper(most: number): Keeper {
  // Two generations: what is asked for again moves to the young one, and the old one goes as a whole.
  let young = new Map<string, string>();
  let old = new Map<string, string>();
  let size = 0;
  function put(key: string, text: string): void {
    size += key.length + text.length;
    if (size > most / 2) {
      old = young;
      young = new Map();
      size = key.length + text.length;
    }
    young.set(key, text);
  }
  return {
    keep(key, make) {
      const known = young.get(key);
      if (known !== undefined) return known;
      const text = old.get(key) ?? flat(make());
      put(key, text);
      return text;
    },
  };
}

// Templates add piece to piece; V8 keeps such a text as a tree and walks it at every use until it is asked for a number.
function flat(text: string): string {
  Number(text);
  return text;
}
