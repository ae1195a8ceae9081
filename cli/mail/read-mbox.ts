import type { Readable } from 'node:stream';

/** Larger mails are cut here: the journal refuses them anyway, and none may fill the memory. */
const LARGEST = 64 * 1024 * 1024;
const NEWLINE = 0x0a;
const FROM = Buffer.from('From ');

/** The mails of an mbox (RFC 4155), byte for byte, one in memory at a time; `>From ` is unescaped as mboxrd has it. */
export async function* readMbox(input: Readable): AsyncGenerator<Buffer> {
  let parts: Buffer[] | undefined;
  let size = 0;
  let blank: Buffer | undefined;
  let isAfterBlank = true;
  for await (const line of linesOf(input)) {
    if (isAfterBlank && line.subarray(0, FROM.length).equals(FROM)) {
      if (parts) yield Buffer.concat(parts);
      parts = [];
      size = 0;
      blank = undefined;
      isAfterBlank = false;
      continue;
    }
    isAfterBlank = isBlank(line);
    if (!parts || size > LARGEST) continue;
    // The blank line before a separator belongs to the separator.
    if (blank) parts.push(blank);
    blank = isAfterBlank ? line : undefined;
    const kept = unescape(line);
    if (!isAfterBlank) parts.push(kept);
    size += kept.length;
  }
  if (parts && parts.length > 0) yield Buffer.concat(parts);
}

const isBlank = (line: Buffer) => line.length <= 2 && /^\r?\n$/.test(line.toString('latin1'));

function unescape(line: Buffer): Buffer {
  if (line[0] !== 0x3e) return line;
  return /^>+From /.test(line.subarray(0, 1000).toString('latin1')) ? line.subarray(1) : line;
}

async function* linesOf(input: Readable): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const piece of input) {
    const chunk = Buffer.from(piece as Uint8Array);
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, end + 1)]);
      rest = [];
      start = end + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
    // A file without line ends is no mbox; it must not be gathered as one line.
    if (rest.length > 1000) {
      yield Buffer.concat(rest);
      rest = [];
    }
  }
  if (rest.length > 0) yield Buffer.concat(rest);
}
