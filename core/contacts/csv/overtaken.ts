/** Somebody changed a contact since its row was read: what was planned is planned anew. */
export class Overtaken extends Error {
  constructor() {
    super('a contact was changed meanwhile');
  }
}

const TRIES = 4;

/** Does work again that others came in between of. */
export async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await work();
    } catch (error) {
      if (attempt >= TRIES || !isPassing(error)) throw error;
    }
}

// Of PostgreSQL: unique violation, deadlock, serialisation. SQLite has one writer and knows none of them.
const passing: readonly unknown[] = ['23505', '40P01', '40001'];
const isPassing = (error: unknown): boolean =>
  error instanceof Overtaken || passing.includes((error as { code?: unknown }).code);
