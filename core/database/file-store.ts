import { createHash } from 'node:crypto';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileStore } from '../contracts/index.js';

/**
 * Content-addressed files under `folder/ab/cd/<sha256>`. A file is whole or absent: written aside, synced, renamed,
 * and its folder synced, before anybody is told that it is kept.
 */
export function createFileStore(folder: string): FileStore {
  const path = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  const exists = (sha256: string) =>
    access(path(sha256)).then(
      () => true,
      () => false,
    );
  return {
    path,
    exists,
    async put(content) {
      const sha256 = createHash('sha256').update(content).digest('hex');
      if (!(await exists(sha256))) {
        const target = path(sha256);
        await mkdir(dirname(target), { recursive: true });
        const aside = `${target}.${process.pid}.${performance.now()}.tmp`;
        const file = await open(aside, 'w', 0o600);
        try {
          await file.writeFile(content);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(aside, target);
        await syncFolder(dirname(target));
      }
      return { sha256, size: content.length };
    },
    async adopt(from, sha256) {
      const target = path(sha256);
      if (await exists(sha256)) return rm(from, { force: true });
      await mkdir(dirname(target), { recursive: true });
      const file = await open(from, 'r');
      try {
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(from, target);
      await syncFolder(dirname(target));
    },
  };
}

async function syncFolder(folder: string): Promise<void> {
  if (!(await stat(folder)).isDirectory() || process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
