import { canonicalCharset, decodeBytes } from './decode-bytes.js';

type Piece = { raw: string } | { charset: string; bytes: Buffer };

/**
 * A header value, one character a byte, to text: encoded words (RFC 2047) as well as raw 8-bit bytes inside and
 * outside of them. `fallback` is the charset to try for raw bytes that are not UTF-8.
 */
export function decodeWords(value: string, fallback?: string | null): string {
  if (!value.includes('=?')) return decodeRaw(value, fallback);
  return splitWords(value)
    .map((piece) =>
      'raw' in piece ? decodeRaw(piece.raw, fallback) : decodeBytes(piece.bytes, piece.charset, fallback),
    )
    .join('');
}

/** The same with every encoded word rewritten as clean UTF-8 words: the structure of the header stays. */
export function rewriteWords(value: string, fallback?: string | null): string {
  if (!value.includes('=?')) return decodeRaw(value, fallback);
  return splitWords(value)
    .map((piece) => ('raw' in piece ? decodeRaw(piece.raw, fallback) : encodeWord(piece, fallback)))
    .join('');
}

function encodeWord(piece: { charset: string; bytes: Buffer }, fallback?: string | null): string {
  const text = decodeBytes(piece.bytes, piece.charset, fallback);
  return `=?UTF-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`;
}

function decodeRaw(value: string, fallback?: string | null): string {
  return decodeBytes(Buffer.from(value, 'latin1'), null, fallback);
}

/** Neighbouring words of one charset are joined before decoding: senders cut in the middle of characters. */
function splitWords(value: string): Piece[] {
  const pieces: Piece[] = [];
  let position = 0;
  let from = 0;
  while (from < value.length) {
    const start = value.indexOf('=?', from);
    if (start < 0) break;
    const word = readWord(value, start);
    if (word === 'endless') break;
    if (word === null) {
      from = start + 2;
      continue;
    }
    addRaw(pieces, value.slice(position, start));
    addWord(pieces, word);
    position = word.end;
    from = word.end;
  }
  if (position < value.length) pieces.push({ raw: value.slice(position) });
  return pieces;
}

interface Word {
  charset: string;
  bytes: Buffer;
  end: number;
}

const WORD_HEAD = /=\?([^?*\s]{1,64})(?:\*[^?\s]{0,32})?\?([BbQq])\?/y;

function readWord(value: string, start: number): Word | null | 'endless' {
  WORD_HEAD.lastIndex = start;
  const head = WORD_HEAD.exec(value);
  if (!head) return null;
  const textStart = WORD_HEAD.lastIndex;
  const textEnd = value.indexOf('?=', textStart);
  if (textEnd < 0) return 'endless';
  const text = value.slice(textStart, textEnd);
  const [, charset = '', encoding = ''] = head;
  return {
    charset,
    bytes: encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : decodeQ(text),
    end: textEnd + 2,
  };
}

function decodeQ(text: string): Buffer {
  const decoded = text
    .replace(/_/g, ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(decoded, 'latin1');
}

/** White space between two encoded words does not count; after a word, before text, it does. */
function addRaw(pieces: Piece[], raw: string): void {
  if (raw === '' || (pieces.length > 0 && raw.trim() === '')) return;
  pieces.push({ raw });
}

function addWord(pieces: Piece[], word: Word): void {
  const last = pieces.at(-1);
  if (last && 'bytes' in last && canonicalCharset(last.charset) === canonicalCharset(word.charset)) {
    last.bytes = Buffer.concat([last.bytes, word.bytes]);
  } else {
    pieces.push({ charset: word.charset, bytes: word.bytes });
  }
}
