import { readHeaders, firstHeader } from './read-headers.js';
import { decodeWords } from './decode-words.js';
import { limits } from './limits.js';
import { cutText } from './clean-text.js';
import { extensionOf, makeUpName, safeFileName } from './name-attachment.js';
import type { Leaf } from './split-parts.js';
import { storeAttachment, storeBytes, type StoredFile } from './store-attachment.js';
import { decodeUuencoded } from './uudecode.js';

/** A leaf after reading: text in memory, files in the attachment folder, or both. */
export interface Part extends Omit<Leaf, 'content'> {
  /** The start of the content, for parts that may be shown or that describe a bounce. */
  bytes: Buffer | null;
  isCut: boolean;
  /** null for the text of the mail itself. */
  file: (StoredFile & { filename: string }) | null;
}

const UUENCODED = new Set(['x-uuencode', 'uuencode', 'x-uue', 'uue', 'x-uu']);
const READ_TYPES = new Set([
  'text/plain',
  'text/html',
  'message/delivery-status',
  'message/rfc822',
  'text/rfc822-headers',
]);

/** Reads one leaf. `ordinal` numbers the names that are made up. */
export async function takePart(leaf: Leaf, folder: string, ordinal: number): Promise<Part> {
  const { content, ...rest } = leaf;
  const kept = keepStart(content, READ_TYPES.has(leaf.contentType) ? limits.textBytes : 0);
  if (isBodyText(leaf)) {
    await drain(kept.content);
    return { ...rest, bytes: kept.bytes(), isCut: kept.isCut(), file: null };
  }
  const stored = await store(leaf, kept.content, folder);
  const filename = nameOf(leaf, kept.bytes(), ordinal);
  return { ...rest, bytes: kept.bytes(), isCut: false, file: { ...stored, filename } };
}

/**
 * Text of the message rather than a file. A name makes a file of it, save for one of several versions of the
 * text (multipart/alternative) or the root of multipart/related, where the name means nothing.
 */
export function isBodyText(leaf: Pick<Leaf, 'contentType' | 'disposition' | 'filename' | 'around'>): boolean {
  if (leaf.contentType !== 'text/plain' && leaf.contentType !== 'text/html') return false;
  if (leaf.disposition === 'attachment') return false;
  if (leaf.filename === null) return true;
  return (
    leaf.around[0] === 'multipart/alternative' ||
    (leaf.around[0] === 'multipart/related' && leaf.contentType === 'text/html')
  );
}

async function store(leaf: Leaf, content: AsyncIterable<Buffer>, folder: string): Promise<StoredFile> {
  if (!UUENCODED.has(leaf.encoding)) return storeAttachment(content, folder);
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return storeBytes(decodeUuencoded(Buffer.concat(chunks)), folder);
}

function nameOf(leaf: Leaf, bytes: Buffer | null, ordinal: number): string {
  const given = leaf.filename === null ? null : safeFileName(leaf.filename);
  if (given !== null) return given;
  return nameOfMessage(leaf, bytes) ?? makeUpName(leaf.contentType, ordinal);
}

/** A forwarded mail is best told by its subject. */
function nameOfMessage(leaf: Leaf, bytes: Buffer | null): string | null {
  if (leaf.contentType !== 'message/rfc822' || bytes === null) return null;
  const subject = firstHeader(readHeaders(bytes.subarray(0, 64 * 1024)).headers, 'subject');
  const stem = subject === undefined ? null : safeFileName(cutText(decodeWords(subject.slice(0, 4096)), 100));
  return stem === null ? null : `${stem}.${extensionOf(leaf.contentType)}`;
}

function keepStart(
  content: AsyncIterable<Buffer>,
  room: number,
): { content: AsyncIterable<Buffer>; bytes: () => Buffer | null; isCut: () => boolean } {
  const chunks: Buffer[] = [];
  let size = 0;
  async function* pass(): AsyncGenerator<Buffer> {
    for await (const chunk of content) {
      if (size < room) chunks.push(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  const bytes = (): Buffer | null => (room === 0 ? null : Buffer.concat(chunks).subarray(0, room));
  return { content: pass(), bytes, isCut: () => size > room };
}

async function drain(content: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of content);
}
