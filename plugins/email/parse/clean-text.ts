// oxlint-disable no-control-regex -- control characters are what is looked for
const UNSTORABLE = /[\u0000\p{Cs}]/u;

/** Text that any database stores: no NUL, no lone surrogate, NFC. */
export function cleanText(text: string): string {
  const storable = UNSTORABLE.test(text) ? text.replace(/\u0000/g, '').replace(/\p{Cs}/gu, '\uFFFD') : text;
  return storable.normalize('NFC');
}

/** One line of clean text of at most `length` UTF-16 units: control characters become spaces. */
export function cleanLine(text: string, length: number): string {
  const line = cleanText(text.slice(0, length * 4))
    .replace(/[\u0001-\u001F\u007F-\u009F\u2028\u2029]+/g, ' ')
    .trim();
  return cutText(line, length);
}

/** The first `length` UTF-16 units, without half a character at the end. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
