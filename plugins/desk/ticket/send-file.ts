import { open } from 'node:fs/promises';
import {
  errors,
  findAttachment,
  type DeskContext,
  disposition,
  HEAD_BYTES,
  servedType,
} from '@helpdesk/core';

const KEY = /^[\w-]{16,64}$/;

/** An attachment, never run in the desk's origin: pictures in place, everything else as a download. */
export async function sendFile(ctx: DeskContext): Promise<void> {
  const key = ctx.params['key'] ?? '';
  if (!KEY.test(key)) throw errors.NOT_FOUND();
  const { sha256, filename, contentType } = await findAttachment(ctx.db, key, ctx.viewer);
  const file = await openStored(ctx.app.files.path(sha256));
  const [{ size }, { buffer, bytesRead }] = await Promise.all([
    file.stat(),
    file.read({ buffer: Buffer.alloc(HEAD_BYTES), position: 0 }),
  ]);
  const { type, isShown } = servedType(buffer.subarray(0, bytesRead), contentType);
  const headers = {
    'Content-Disposition': disposition(filename, isShown),
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': String(size),
  };
  if (ctx.method === 'HEAD') {
    await file.close();
    return ctx.send('', { type, headers });
  }
  ctx.send(file.createReadStream({ start: 0 }), { type, headers });
}

async function openStored(path: string) {
  try {
    return await open(path, 'r');
  } catch (cause) {
    throw errors.NOT_FOUND({ cause: String(cause) });
  }
}
