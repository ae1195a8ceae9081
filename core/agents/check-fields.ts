// Control, zero-width and direction characters: they make one name look like another.
// oxlint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
const LOCAL_PART = /^[^\s@"<>()[\]\\,:;]{1,64}$/;
const DOMAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u;
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/;

/** The one spelling of an address under which an account is stored and looked up; '' when there can be none. */
export function normaliseEmail(text: string): string {
  if (text.length > 320) return '';
  return text.trim().normalize('NFC').toLowerCase();
}

/** @param email as `normaliseEmail` gives it */
export function isEmail(email: string): boolean {
  if (email.length > 254 || email.replaceAll(INVISIBLE, '') !== email) return false;
  const at = email.lastIndexOf('@');
  const domain = email.slice(at + 1);
  return at > 0 && LOCAL_PART.test(email.slice(0, at)) && DOMAIN.test(domain) && !domain.includes('..');
}

/** A name of a person, team, line or role on one line. @returns '' when nothing readable is left or it is too long */
export function cleanName(text: string, most = 100): string {
  if (text.length > most * 4) return '';
  const clean = text.replaceAll(/\s+/g, ' ').replaceAll(INVISIBLE, '').trim().normalize('NFC');
  return Array.from(clean).length > most ? '' : clean;
}

export const isLanguage = (text: string): boolean => LANGUAGE.test(text);

/** Whether this is a time zone that the runtime knows, such as `Europe/Moscow`. */
export function isTimeZone(text: string): boolean {
  if (text.length > 64) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Bounded in length before it is stored: what a browser says about itself. */
export const shorten = (text: string, most: number): string => text.replaceAll(INVISIBLE, '').slice(0, most);
