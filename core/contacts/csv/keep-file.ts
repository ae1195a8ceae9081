import { Readable, Transform } from 'node:stream';
import { createGzip } from 'node:zlib';
import { keepStream } from '../../database/keep-stream.js';
import type { App } from '../../database/app.js';
import { CsvFault, csvLimits, type CsvDialect } from './csv-types.js';
import { createEncodingDetector, detectSeparator } from './detect-dialect.js';
import { dropKept } from './drop-kept.js';
import { decode } from './read-file.js';

const HEAD_BYTES = 64 * 1024;

/**
 * Keeps a file packed, so that it is never one with an attachment of the same content and can be forgotten, and tells
 * how it is written. @throws CsvFault when it is empty, over 50 MB, or a packed file such as an .xlsx
 */
export async function keepFile(
  app: Pick<App, 'db' | 'files'>,
  content: Readable,
): Promise<CsvDialect & { readonly sha256: string }> {
  const detector = createEncodingDetector();
  const head: Buffer[] = [];
  let size = 0;
  const look = new Transform({
    transform(piece: Buffer, _, done) {
      if (size < HEAD_BYTES) head.push(piece.subarray(0, HEAD_BYTES - size));
      size += piece.length;
      detector.push(piece);
      done(size > csvLimits.bytes ? new CsvFault('bytes') : null, piece);
    },
  });
  content.on('error', (error) => look.destroy(error));
  const packed = createGzip();
  look.on('error', (error) => packed.destroy(error));
  const { sha256 } = await keepStream(app.files, content.pipe(look).pipe(packed));
  const first = Buffer.concat(head);
  if (size === 0 || isWorkbook(first)) {
    await dropKept(app, sha256);
    throw new CsvFault(size === 0 ? 'empty' : 'packed');
  }
  const encoding = detector.end();
  const pieces: string[] = [];
  for await (const text of decode(Readable.from([first]), encoding)) pieces.push(text);
  return { sha256, encoding, separator: detectSeparator(pieces.join('')) };
}

// An .xlsx is a zip, an .xls an OLE file: neither is text.
const isWorkbook = (head: Buffer): boolean =>
  head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1')) ||
  head.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
