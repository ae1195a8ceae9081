import { createHash } from 'node:crypto';
import { access, mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
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
        const aside = `${target}.${process.pid}.${performance.now()}.tmp`;
        const file = await create(aside);
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

/** After a while nearly every folder is there: it is made only when it is missed. */
async function create(path: string): Promise<FileHandle> {
  const make = () => open(path, 'w', 0o600);
  return make().catch(async (error: unknown) => {
    if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true });
    return make();
  });
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders.
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
