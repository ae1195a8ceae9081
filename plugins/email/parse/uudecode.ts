export interface UuFile {
  name: string;
  content: Buffer;
}

const BEGIN = /^begin(?:-base64)? [0-7]{3,4} (.{1,255})$/;

/** Files that were put into plain text with uuencode, and the text without them. */
export function extractUuFiles(text: string): { text: string; files: UuFile[] } {
  if (!text.includes('begin ')) return { text, files: [] };
  const kept: string[] = [];
  const files: UuFile[] = [];
  const lines = text.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const begin = BEGIN.exec(line);
    const end = begin ? findEnd(lines, index + 1) : -1;
    if (!begin || end < 0) {
      kept.push(line);
      continue;
    }
    files.push({ name: (begin[1] ?? '').trim(), content: decodeLines(lines.slice(index + 1, end)) });
    index = end;
  }
  return { text: kept.join('\n'), files };
}

/** Content with the transfer encoding x-uuencode; the bytes as they are when it is none. */
export function decodeUuencoded(bytes: Buffer): Buffer {
  const lines = bytes.toString('latin1').split(/\r?\n/);
  const begin = lines.findIndex((line) => BEGIN.test(line));
  if (begin < 0) return bytes;
  const end = lines.findIndex((line, index) => index > begin && line.trim() === 'end');
  return decodeLines(lines.slice(begin + 1, end < 0 ? undefined : end));
}

/** The index of "end" if all lines before it are uuencoded, else -1. */
function findEnd(lines: readonly string[], start: number): number {
  for (let index = start; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.trim() === 'end') return index > start ? index : -1;
    if (!isUuLine(line)) return -1;
  }
  return -1;
}

function isUuLine(line: string): boolean {
  const text = line.trimEnd();
  if (text === '' || text === '`') return true;
  if (!/^[\x20-\x60]+$/.test(text)) return false;
  const bytes = (text.charCodeAt(0) - 32) & 63;
  // Trailing spaces may have been trimmed on the way.
  return text.length - 1 <= Math.ceil(bytes / 3) * 4 + 2;
}

function decodeLines(lines: readonly string[]): Buffer {
  return Buffer.concat(lines.map(decodeLine));
}

function decodeLine(line: string): Buffer {
  const length = line === '' ? 0 : (line.charCodeAt(0) - 32) & 63;
  const out = Buffer.alloc(length);
  for (let at = 0, group = 1; at < length; at += 3, group += 4) {
    const [a, b, c, d] = [
      sixBits(line, group),
      sixBits(line, group + 1),
      sixBits(line, group + 2),
      sixBits(line, group + 3),
    ];
    const bits = (a << 18) | (b << 12) | (c << 6) | d;
    out[at] = bits >> 16;
    if (at + 1 < length) out[at + 1] = (bits >> 8) & 255;
    if (at + 2 < length) out[at + 2] = bits & 255;
  }
  return out;
}

function sixBits(line: string, index: number): number {
  return index < line.length ? (line.charCodeAt(index) - 32) & 63 : 0;
}
