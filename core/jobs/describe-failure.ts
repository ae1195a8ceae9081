import { wordsOf } from '../errors/define-errors.js';

const MOST_LETTERS = 2000;

/** What went wrong, short enough for a row, without the NUL that PostgreSQL refuses. */
export function describeFailure(error: unknown): string {
  return wordsOf(error).replaceAll('\0', '').slice(0, MOST_LETTERS);
}
