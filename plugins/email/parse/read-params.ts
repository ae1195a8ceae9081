import { decodeBytes } from './decode-bytes.js';
import { decodeWords } from './decode-words.js';
import { limits } from './limits.js';

export interface StructuredValue {
  /** Lower case, without parameters. */
  value: string;
  params: Map<string, string>;
}

// One parameter: name, then a quoted string or a token that ends at a semicolon.
const PARAM = /;\s*(?:([^\s=;"]{1,100})\s*=\s*(?:"((?:[^"\\]|\\[\s\S])*)"?|([^;]*)))?/g;

/**
 * Content-Type and Content-Disposition, one character a byte, with RFC 2231 values and continuations, encoded
 * words and raw 8-bit bytes decoded.
 */
export function readParams(raw: string, fallback?: string | null): StructuredValue {
  const text = raw.slice(0, limits.headerLength);
  const semicolon = text.indexOf(';');
  const head = semicolon < 0 ? text : text.slice(0, semicolon);
  const found = semicolon < 0 ? new Map<string, string>() : listParams(text.slice(semicolon));
  return { value: stripComments(head).trim().toLowerCase(), params: decodeParams(found, fallback) };
}

function stripComments(text: string): string {
  return text.replace(/\([^()]*\)?/g, '');
}

function listParams(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name, quoted, token] of text.matchAll(PARAM)) {
    if (name === undefined || found.size > 200) continue;
    const value = quoted === undefined ? stripToken(token ?? '') : quoted.replace(/\\(["\\])/g, '$1');
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, value);
  }
  return found;
}

function stripToken(token: string): string {
  return token
    .trim()
    .replace(/\s+\([^()]*\)$/, '')
    .replace(/^'(.*)'$/, '$1');
}

function decodeParams(found: Map<string, string>, fallback?: string | null): Map<string, string> {
  const params = new Map<string, string>();
  for (const [key, value] of found) {
    const star = key.indexOf('*');
    if (star < 0) {
      if (!params.has(key)) params.set(key, decodeWords(value, fallback));
    } else {
      const name = key.slice(0, star);
      const long = joinExtended(found, name, fallback);
      if (long !== '') params.set(name, long);
    }
  }
  return params;
}

/** RFC 2231: `name*=charset'language'%20`, or `name*0*=…; name*1=…`. */
function joinExtended(found: Map<string, string>, name: string, fallback?: string | null): string {
  const whole = found.get(`${name}*`);
  if (whole !== undefined) return decodeExtended(readPercents(whole), fallback);
  const pieces: string[] = [];
  for (let index = 0; index < 200; index += 1) {
    const encoded = found.get(`${name}*${index}*`);
    const piece = encoded === undefined ? found.get(`${name}*${index}`) : readPercents(encoded);
    if (piece === undefined) break;
    pieces.push(piece);
  }
  const joined = pieces.join('');
  return found.has(`${name}*0*`) ? decodeExtended(joined, fallback) : decodeWords(joined, fallback);
}

function readPercents(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function decodeExtended(text: string, fallback?: string | null): string {
  const match = /^([^']{0,64})'[^']{0,64}'([\s\S]*)$/.exec(text);
  const [charset, value] = match ? [match[1], match[2]] : [null, text];
  // Some senders put encoded words where RFC 2231 wants percents.
  if (!charset && value?.includes('=?')) return decodeWords(value, fallback);
  return decodeBytes(Buffer.from(value ?? '', 'latin1'), charset, fallback);
}
