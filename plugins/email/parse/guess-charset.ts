import { isUtf8 } from 'node:buffer';

const SAMPLE_BYTES = 8192;

/**
 * The likeliest charset of text that says none, or a wrong one. Knows UTF-8, ISO-2022-JP, the two Cyrillic
 * 8-bit charsets, and takes the rest for windows-1252.
 */
export function guessCharset(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return hasEscape(bytes) ? 'iso-2022-jp' : 'utf-8';
  const seen = countHighBytes(bytes.subarray(0, SAMPLE_BYTES));
  // Western words mix accented with plain letters, Cyrillic words hold no plain ones.
  if (seen.high === 0 || seen.mixedRuns * 2 >= seen.runs) return 'windows-1252';
  if (seen.letters / seen.high < 0.9) return 'windows-1252';
  // Most letters are small; the two charsets keep their small letters in opposite halves.
  return seen.upperHalf * 2 > seen.letters ? 'windows-1251' : 'koi8-r';
}

/** ISO-2022-JP is ASCII with escape sequences: ESC $ B, ESC $ @ or ESC ( J. */
function hasEscape(bytes: Uint8Array): boolean {
  const at = bytes.indexOf(0x1b);
  if (at < 0) return false;
  const next = bytes[at + 1];
  return next === 0x24 || (next === 0x28 && bytes[at + 2] === 0x4a);
}

interface HighBytes {
  high: number;
  runs: number;
  /** Runs that touch an ASCII letter. */
  mixedRuns: number;
  letters: number;
  upperHalf: number;
}

function countHighBytes(bytes: Uint8Array): HighBytes {
  const seen: HighBytes = { high: 0, runs: 0, mixedRuns: 0, letters: 0, upperHalf: 0 };
  for (let index = 0; index < bytes.length; index += 1) {
    if (!isHigh(bytes[index])) continue;
    const start = index;
    while (isHigh(bytes[index + 1])) index += 1;
    seen.runs += 1;
    if (isAsciiLetter(bytes[start - 1]) || isAsciiLetter(bytes[index + 1])) seen.mixedRuns += 1;
    for (const byte of bytes.subarray(start, index + 1)) {
      seen.high += 1;
      if (byte >= 0xc0) seen.letters += 1;
      if (byte >= 0xe0) seen.upperHalf += 1;
    }
  }
  return seen;
}

function isHigh(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80;
}

function isAsciiLetter(byte: number | undefined): boolean {
  return byte !== undefined && /[a-z]/i.test(String.fromCharCode(byte));
}
