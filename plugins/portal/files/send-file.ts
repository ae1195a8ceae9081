import { open } from 'node:fs/promises';
import {
  disposition,
  errors,
  findVisitorAttachment,
  HEAD_BYTES,
  servedType,
  type VisitorContext,
} from '@helpdesk/core';

const KEY = /^[\w-]{16,64}$/;

/** A file of a request, never run in the origin of these pages: pictures in place, all else as a download. */
export async function sendFile(ctx: VisitorContext): Promise<void> {
  const { visitor, now, db, app } = ctx;
  const { key = '' } = ctx.params;
  if (!KEY.test(key)) throw errors.NOT_FOUND();
  const { sha256, filename, contentType } = await findVisitorAttachment(db, { visitor, key, now });
  const file = await open(app.files.path(sha256), 'r').catch((cause: unknown) => {
    throw errors.NOT_FOUND({ cause: String(cause) });
  });
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
