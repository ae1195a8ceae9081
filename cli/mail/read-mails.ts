import { createReadStream } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readMbox } from './read-mbox.js';

/** The raw mails of a file or of everything in a folder, one at a time. */
export async function* readMails(path: string): AsyncGenerator<Buffer> {
  if (!(await stat(path)).isDirectory()) return yield* readFileOf(path);
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter(holdsMail)
    .toSorted();
  for (const file of files) yield* readFileOf(file);
}

// A Maildir's files have no ending.
const holdsMail = (file: string) =>
  /\.(eml|mbox|mbx)$/i.test(file) || ['cur', 'new'].includes(basename(dirname(file)));

async function* readFileOf(file: string): AsyncGenerator<Buffer> {
  if (await isMbox(file)) yield* readMbox(createReadStream(file));
  else yield readFile(file);
}

async function isMbox(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(5), 0, 5, 0);
    return buffer.toString('latin1', 0, bytesRead) === 'From ';
  } finally {
    await handle.close();
  }
}
