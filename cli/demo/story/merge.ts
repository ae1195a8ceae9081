interface Waiting<T> {
  readonly at: number;
  readonly order: number;
  readonly item: T;
  readonly rest: Iterator<T>;
}

/** Many time-ordered sequences as one. Holds one pending item for each sequence that is not yet told. */
export class Merge<T extends { readonly at: Date }> {
  readonly #heap: Waiting<T>[] = [];
  #order = 0;

  add(items: Iterator<T>): void {
    this.#pull(items, this.#order++);
  }

  /** Everything before `time` (ms), in order; at equal times, what was added first comes first. */
  *until(time: number): Generator<T> {
    for (let top = this.#heap[0]; top && top.at < time; top = this.#heap[0]) {
      this.#takeTop();
      this.#pull(top.rest, top.order);
      yield top.item;
    }
  }

  #pull(rest: Iterator<T>, order: number): void {
    const { done, value } = rest.next();
    if (!done) this.#put({ at: value.at.getTime(), order, item: value, rest });
  }

  #put(entry: Waiting<T>): void {
    const heap = this.#heap;
    let place = heap.push(entry) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (!parent || !isBefore(entry, parent)) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = entry;
  }

  #takeTop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let place = 0;
    for (;;) {
      let below = place * 2 + 1;
      const left = heap[below];
      const right = heap[below + 1];
      if (left && right && isBefore(right, left)) below += 1;
      const child = heap[below];
      if (!child || !isBefore(child, last)) break;
      heap[place] = child;
      place = below;
    }
    heap[place] = last;
  }
}

function isBefore<T>(one: Waiting<T>, other: Waiting<T>): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
