import { createHash, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FileStore } from '../contracts/index.js';

/** Keeps a stream as a file of the store, in bounded memory. */
export async function keepStream(
  files: FileStore,
  stream: Readable,
): Promise<{ sha256: string; size: number }> {
  const folder = dirname(dirname(dirname(files.path('0'.repeat(64)))));
  const aside = join(folder || tmpdir(), `incoming-${randomBytes(8).toString('hex')}.tmp`);
  await mkdir(dirname(aside), { recursive: true });
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  try {
    await pipeline(stream, measure, createWriteStream(aside, { mode: 0o600 }));
    const sha256 = hash.digest('hex');
    await files.adopt(aside, sha256);
    return { sha256, size };
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}
