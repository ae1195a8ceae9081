import { isAscii, isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { decodeUtf7 } from './decode-utf7.js';
import { guessCharset } from './guess-charset.js';

// Names that mail uses and the WHATWG encoding labels do not know.
const ALIASES: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
  cp65001: 'utf-8',
  ansi_x3_110_1983: 'iso-8859-1',
  utf8mb4: 'utf-8',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  iso2022jp: 'iso-2022-jp',
  'euc-cn': 'gbk',
  euckr: 'euc-kr',
  eucjp: 'euc-jp',
  'x-gbk': 'gbk',
  'big5-hkscs': 'big5',
  latin1: 'iso-8859-1',
  latin9: 'iso-8859-15',
  'latin-1': 'iso-8859-1',
  koi8r: 'koi8-r',
  macroman: 'macintosh',
  maccyrillic: 'x-mac-cyrillic',
  cp1250: 'windows-1250',
  'utf-7': 'utf-7',
  utf7: 'utf-7',
  'unicode-1-1-utf-7': 'utf-7',
  'x-unicode-2-0-utf-7': 'utf-7',
  csunicode11utf7: 'utf-7',
  'iso-2022-kr': 'iso-2022-kr',
  'hz-gb-2312': 'hz-gb-2312',
};

const UNSAID = new Set([
  '',
  'us-ascii',
  'ascii',
  'ansi',
  'unknown-8bit',
  'x-unknown',
  'unknown',
  '8bit',
  '7bit',
  'default',
  'binary',
  'none',
  'utf-7-imap',
]);
const SEVEN_BIT = new Set(['utf-7', 'iso-2022-jp', 'iso-2022-kr', 'hz-gb-2312', 'utf-16le', 'utf-16be']);

const decoders = new Map<string, TextDecoder | null>();

/**
 * Bytes to text. A missing, unknown or evidently wrong charset is replaced by `fallback` or a guess; it never
 * throws. Line ends are left as they are.
 */
export function decodeBytes(bytes: Uint8Array, charset?: string | null, fallback?: string | null): string {
  const label = canonicalCharset(charset);
  if (SEVEN_BIT.has(label)) return decodeSevenBit(bytes, label);
  if (label === '' && bytes.includes(0x1b)) return decodeWith(bytes, guessCharset(bytes));
  if (isAscii(bytes)) return asBuffer(bytes).toString('latin1');
  if (label === '' || label === 'utf-8' || label === 'windows-1252')
    return decodeUnsure(bytes, label, fallback);
  return decodeWith(bytes, label);
}

/** The name under which a charset is decoded, or '' when the label says nothing usable. */
export function canonicalCharset(charset?: string | null): string {
  const name = (charset ?? '')
    .slice(0, 64)
    .trim()
    .replace(/^["']+|["']+$/g, '')
    .toLowerCase();
  if (UNSAID.has(name)) return '';
  const alias =
    ALIASES[name] ??
    name
      .replace(/^(?:x-)?(?:win|cp|windows)[-_]?(125\d)$/, 'windows-$1')
      .replace(/^iso[-_]?8859[-_]?(\d+)/, 'iso-8859-$1');
  if (alias === 'utf-7' || alias === 'iso-2022-kr' || alias === 'hz-gb-2312') return alias;
  return decoderFor(alias)?.encoding ?? '';
}

function decoderFor(label: string): TextDecoder | null {
  const known = decoders.get(label);
  if (known !== undefined) return known;
  let decoder: TextDecoder | null = null;
  try {
    decoder = new TextDecoder(label);
  } catch {
    // Not a label of the encoding standard: the caller guesses.
  }
  if (decoders.size < 200) decoders.set(label, decoder);
  return decoder;
}

function decodeWith(bytes: Uint8Array, label: string): string {
  const decoder = label === 'windows-1252' ? null : decoderFor(label);
  return decoder ? decoder.decode(bytes) : decodeWindows1252(bytes);
}

const HIGH_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Node's own decoder takes windows-1252 for ISO-8859-1 in some versions: quotation marks become controls. */
function decodeWindows1252(bytes: Uint8Array): string {
  const text = asBuffer(bytes).toString('latin1');
  // oxlint-disable-next-line no-control-regex -- the controls are what the bytes are mistaken for
  return text.replace(/[\x80-\x9f]/g, (control) => HIGH_1252[control.charCodeAt(0) - 0x80] ?? control);
}

/** UTF-8 under a Latin-1 label and Latin-1 under a UTF-8 label are the two commonest lies. */
function decodeUnsure(bytes: Uint8Array, label: string, fallback?: string | null): string {
  if (isUtf8(bytes)) return decodeWith(bytes, 'utf-8');
  if (label === 'utf-8') return decodeDamaged(bytes, fallback);
  if (label === 'windows-1252') return decodeWith(bytes, label);
  const second = canonicalCharset(fallback);
  return decodeWith(bytes, second === '' || second === 'utf-8' ? guessCharset(bytes) : second);
}

function decodeDamaged(bytes: Uint8Array, fallback?: string | null): string {
  const lenient = decodeWith(bytes, 'utf-8');
  let broken = 0;
  let whole = 0;
  for (const character of lenient.slice(0, 20_000)) {
    if (character === '\uFFFD') broken += 1;
    else if (character > '\u007F') whole += 1;
  }
  if (whole >= broken) return lenient;
  const second = canonicalCharset(fallback);
  return decodeWith(bytes, second === '' || second === 'utf-8' ? guessCharset(bytes) : second);
}

function decodeSevenBit(bytes: Uint8Array, label: string): string {
  if (label === 'utf-7') return decodeUtf7(asBuffer(bytes).toString('latin1'));
  if (label === 'hz-gb-2312') return decodeHz(asBuffer(bytes).toString('latin1'));
  if (label === 'iso-2022-kr') return decodeShifted(asBuffer(bytes).toString('latin1'));
  return decodeWith(bytes, label);
}

/** RFC 1843: GB 2312 with the high bits off, between "~{" and "~}". */
function decodeHz(text: string): string {
  return text.replace(/~\{([^~]*)~\}|~~|~\r?\n/g, (whole, chinese?: string) => {
    if (chinese === undefined) return whole === '~~' ? '~' : '';
    return decodeWith(withHighBits(chinese), 'gbk');
  });
}

/** RFC 1557: KS X 1001 with the high bits off, between SO and SI. */
function decodeShifted(text: string): string {
  return text
    .replace('\x1b$)C', '')
    .split('\x0e')
    .map((run, index) => (index === 0 ? run : decodeRun(run)))
    .join('');
}

function decodeRun(run: string): string {
  const end = run.indexOf('\x0f');
  const korean = end < 0 ? run : run.slice(0, end);
  return decodeWith(withHighBits(korean), 'euc-kr') + (end < 0 ? '' : run.slice(end + 1));
}

function withHighBits(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    return code > 0x20 ? code | 0x80 : code;
  });
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
