import { open } from 'node:fs/promises';
import {
  disposition,
  HEAD_BYTES,
  parseJson,
  servedType,
  type InboundContext,
  type Links,
} from '@helpdesk/core';
import { z } from 'zod';
import type { KeptFile } from './kept-file.js';

const Link = z.object({ line: z.number().int(), at: z.number().int() });
type Link = z.infer<typeof Link>;

/** How long an address of a file is good; a page gets new ones whenever it asks for what was said. */
const DAYS = 30;

/** Files of a conversation at addresses that nobody can guess: a page shows them, a letter leads to them. */
export interface FileLinks {
  /** Below the plugin's own inbound address. */
  pathTo(link: Link & { filename: string }): string;
  isOurs(ctx: InboundContext): boolean;
  give(ctx: InboundContext): Promise<void>;
}

export function createFileLinks(links: Links): FileLinks {
  const read = ({ params }: InboundContext): Link | undefined => {
    try {
      return links.open(params['link'], Link);
    } catch {
      return undefined;
    }
  };
  return {
    pathTo: ({ line, at, filename }) =>
      `file/${links.seal({ line, at }, { days: DAYS })}/${encodeURIComponent(filename)}`,
    isOurs: (ctx) => read(ctx) !== undefined,
    async give(ctx) {
      const { line = 0, at = 0 } = read(ctx) ?? {};
      const row: { files: string } | undefined = await ctx
        .db('web_chat_lines')
        .where({ id: line })
        .first('files');
      const file = parseJson<KeptFile[]>(row?.files, [])[at];
      if (!file) return ctx.send('', { type: 'text/plain', status: 404 });
      await send(ctx, file);
    },
  };
}

/** Never run in the desk's origin: pictures in place, all else as a download. */
async function send(ctx: InboundContext, { sha256, filename, contentType }: KeptFile): Promise<void> {
  const file = await open(ctx.app.files.path(sha256), 'r').catch(() => undefined);
  if (!file) return ctx.send('', { type: 'text/plain', status: 404 });
  const [{ size }, { buffer, bytesRead }] = await Promise.all([
    file.stat(),
    file.read({ buffer: Buffer.alloc(HEAD_BYTES), position: 0 }),
  ]);
  const { type, isShown } = servedType(buffer.subarray(0, bytesRead), contentType);
  ctx.send(file.createReadStream({ start: 0 }), {
    type,
    headers: {
      // Whoever has the address may read it; a page of another origin draws the picture from its bytes.
      'Access-Control-Allow-Origin': '*',
      'Cache-Control': 'private, max-age=3600',
      'Content-Disposition': disposition(filename, isShown),
      'Content-Length': String(size),
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
