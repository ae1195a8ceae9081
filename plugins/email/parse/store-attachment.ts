import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface StoredFile {
  /** Hex digest, and the name of the file. */
  sha256: string;
  size: number;
}

/** Content up to this size is written in one go. */
const SMALL_BYTES = 256 * 1024;

/** Writes content into the folder under its own SHA-256; what is there already is left alone. */
export async function storeAttachment(content: AsyncIterable<Buffer>, folder: string): Promise<StoredFile> {
  const source = content[Symbol.asyncIterator]();
  const small: Buffer[] = [];
  let size = 0;
  while (size <= SMALL_BYTES) {
    const next = await source.next();
    if (next.done) return storeBytes(Buffer.concat(small), folder);
    small.push(next.value);
    size += next.value.length;
  }
  return storeStream(small, source, folder);
}

export async function storeBytes(bytes: Buffer, folder: string): Promise<StoredFile> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await putInPlace(folder, sha256, (path) => writeFile(path, bytes, { mode: 0o600 }));
  return { sha256, size: bytes.length };
}

async function storeStream(
  start: Buffer[],
  rest: AsyncIterator<Buffer>,
  folder: string,
): Promise<StoredFile> {
  const hash = createHash('sha256');
  let size = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of joined(start, rest)) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  await mkdir(folder, { recursive: true });
  const path = join(folder, `.${randomUUID()}.tmp`);
  try {
    await pipeline(Readable.from(counted(), { objectMode: false }), createWriteStream(path, { mode: 0o600 }));
    const sha256 = hash.digest('hex');
    await rename(path, join(folder, sha256));
    return { sha256, size };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function* joined(start: Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* start;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Written beside and renamed, so that nobody ever sees half a file under a final name. */
async function putInPlace(
  folder: string,
  name: string,
  write: (path: string) => Promise<void>,
): Promise<void> {
  const final = join(folder, name);
  if (await isThere(final)) return;
  await mkdir(folder, { recursive: true });
  const path = join(folder, `.${randomUUID()}.tmp`);
  try {
    await write(path);
    await rename(path, final);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
