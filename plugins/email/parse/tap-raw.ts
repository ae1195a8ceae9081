import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { limits } from './limits.js';
import { readHeaders } from './read-headers.js';

export interface RawTap {
  /** The mail as the parser gets it, ending early when it is over the limit. */
  chunks: AsyncGenerator<Buffer>;
  /** At least the header, and the start of the body with it. */
  head(): Buffer;
  /** Hex SHA-256 of everything behind the header. */
  bodyHash(): string;
  isTooBig(): boolean;
}

/** Reads a raw mail once: passes it on while keeping its head and a hash of its body. */
export function tapRaw(raw: Readable | Buffer, maxBytes: number): RawTap {
  const hash = createHash('sha256');
  let head: Buffer = Buffer.alloc(0);
  let isHeadDone = false;
  let seen = 0;

  const keep = (chunk: Buffer): void => {
    if (isHeadDone) {
      hash.update(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    if (hasHeaderEnd(head) || head.length >= limits.headBytes) finishHead();
  };
  const finishHead = (): void => {
    if (isHeadDone) return;
    isHeadDone = true;
    hash.update(head.subarray(readHeaders(head).bodyStart));
  };
  async function* pass(): AsyncGenerator<Buffer> {
    for await (const chunk of normaliseLines(Buffer.isBuffer(raw) ? [raw] : raw)) {
      const room = maxBytes - seen;
      seen += chunk.length;
      keep(chunk.subarray(0, Math.max(room, 0)));
      if (seen > maxBytes) break;
      yield chunk;
    }
    finishHead();
  }
  return {
    chunks: pass(),
    head: () => head,
    bodyHash: () => hash.digest('hex'),
    isTooBig: () => seen > maxBytes,
  };
}

function hasHeaderEnd(head: Buffer): boolean {
  return head.includes('\n\r\n', 2) || head.includes('\n\n', 2);
}

/** Mail with bare CR or CRCRLF line ends is brought to what the parser understands; other mail is left alone. */
async function* normaliseLines(source: AsyncIterable<unknown> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  let kind: 'usual' | 'cr' | 'crcrlf' | undefined;
  let carry = '';
  for await (const piece of source) {
    const chunk = Buffer.isBuffer(piece) ? piece : Buffer.from(String(piece), 'utf8');
    if (chunk.length === 0) continue;
    const start: Buffer = kind === undefined ? separateBody(skipBlank(chunk)) : chunk;
    kind ??= kindOfLines(start.subarray(0, 4096));
    if (kind === 'usual') {
      yield start;
    } else if (kind === 'cr') {
      yield Buffer.from(start.toString('latin1').replace(/\r/g, '\n'), 'latin1');
    } else {
      const text = carry + start.toString('latin1');
      carry = /\r*$/.exec(text.slice(-100))?.[0] ?? '';
      yield Buffer.from(text.slice(0, text.length - carry.length).replace(/\r+\n/g, '\r\n'), 'latin1');
    }
  }
  if (carry !== '') yield Buffer.from(carry, 'latin1');
}

function kindOfLines(sample: Buffer): 'usual' | 'cr' | 'crcrlf' {
  if (sample.includes('\r\r\n')) return 'crcrlf';
  return !sample.includes('\n') && sample.includes('\r') ? 'cr' : 'usual';
}

/** Blank lines and a byte order mark in front of the header, and the "From " line of an mbox. */
function skipBlank(chunk: Buffer): Buffer {
  let at = chunk.subarray(0, 3).equals(Buffer.from('\uFEFF')) ? 3 : 0;
  while (at < chunk.length && (chunk[at] === 0x0a || chunk[at] === 0x0d)) at += 1;
  if (/^From (?!\s*:)/.test(chunk.toString('latin1', at, at + 20))) {
    const end = chunk.indexOf('\n', at);
    if (end > 0 && end - at < 1000) at = end + 1;
  }
  return chunk.subarray(at);
}

/** Puts in the blank line under the header, or under none, where it is missing: the parser takes it all for header. */
function separateBody(start: Buffer): Buffer {
  const { bodyStart, isSeparated } = readHeaders(start);
  if (isSeparated || start.length === 0) return start;
  return Buffer.concat([start.subarray(0, bodyStart), Buffer.from('\n'), start.subarray(bodyStart)]);
}
