import type { Keys } from '../../database/keys.js';
import type { CsvSubject } from './csv-types.js';

const LETTERS = 8;

/**
 * The id of a row as a file carries it out. It says which desk it is of: in a file from elsewhere the same number is
 * somebody else, and is not taken.
 */
export function signKey(keys: Keys, subject: CsvSubject, id: number): string {
  const text = `${subject === 'contacts' ? 'c' : 'o'}${id}`;
  return `${text}-${keys.sign('csv', text).slice(0, LETTERS)}`;
}

/** @returns undefined for what is no id of this desk */
export function readKey(keys: Keys, subject: CsvSubject, text: string): number | undefined {
  const id = Number(/^[co]([1-9]\d{0,14})-/.exec(text)?.[1] ?? Number.NaN);
  return Number.isSafeInteger(id) && signKey(keys, subject, id) === text ? id : undefined;
}
