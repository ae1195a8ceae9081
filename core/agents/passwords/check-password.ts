import { refused, type Refused } from '../outcome.js';
import { isCommonPassword } from './common-passwords.js';

const FEWEST_CHARACTERS = 8;
export const MOST_CHARACTERS = 256;

/** What somebody who guesses tries first. */
export interface PasswordOwner {
  readonly email: string;
  readonly name?: string;
  readonly company?: string;
}

/** Whether a password may be chosen: long enough and not easily guessed. There are no rules on its characters. */
export function checkPassword(password: string, owner: PasswordOwner): Refused | undefined {
  // A character is at most two units: what is longer than that need not be counted.
  if (password.length > MOST_CHARACTERS * 2) return no('tooLong');
  const count = Array.from(password.normalize('NFC')).length;
  if (count > MOST_CHARACTERS) return no('tooLong');
  if (count < FEWEST_CHARACTERS) return no('tooShort');
  if (isCommonPassword(password)) return no('common');
  if (isAboutOwner(password, owner)) return no('personal');
  return undefined;
}

function isAboutOwner(password: string, { email, name = '', company = '' }: PasswordOwner): boolean {
  const given = plain(password);
  const known = [email, email.slice(0, email.lastIndexOf('@')), name, company];
  return known.some((word) => word !== '' && plain(word) === given);
}

const no = (because: string) => refused(`core.password.${because}`, 'password');
const plain = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');
