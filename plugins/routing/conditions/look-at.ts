import { fold } from '@helpdesk/core';
import type { Facts, Seen } from './evaluate.js';

/** Facts as conditions look at them. */
export interface Sight {
  seen(field: string): Seen;
  /** Folded. */
  text(field: string): string;
  /** The text line by line, folded. */
  lines(field: string): readonly string[];
  /** Of a list, folded. */
  list(field: string): readonly string[];
}

/** Many rules look at the same letter: each fact is folded once, when the first of them looks. */
export function lookAt(facts: Facts): Sight {
  const seen = (field: string): Seen => facts[field] ?? null;
  const text = once((field) => {
    const value = seen(field);
    return fold(typeof value === 'string' ? value : '');
  });
  return {
    seen,
    text,
    lines: once((field) => text(field).split('\n')),
    list: once((field) => {
      const value = seen(field);
      return Array.isArray(value) ? (value as readonly string[]).map(fold) : [];
    }),
  };
}

function once<T>(make: (field: string) => T): (field: string) => T {
  const made = new Map<string, T>();
  return (field) => {
    const known = made.get(field);
    if (known !== undefined) return known;
    const fresh = make(field);
    made.set(field, fresh);
    return fresh;
  };
}
