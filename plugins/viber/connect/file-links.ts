import { createReadStream } from 'node:fs';
import type { HostApp, InboundContext, Links, OutgoingMessage } from '@helpdesk/core';
import { z } from 'zod';

/** Files of answers at addresses that nobody can guess and that end: Viber fetches files, it takes none. */
export interface FileLinks {
  linkTo(attachment: Pick<OutgoingMessage['attachments'][number], 'id' | 'filename'>): string;
  isOurs(ctx: InboundContext): boolean;
  give(ctx: InboundContext): Promise<void>;
}

const Link = z.object({ file: z.number().int() });
interface Row {
  sha256: string;
  size: number;
  contentType: string;
}

export function createFileLinks(
  app: Pick<HostApp, 'config' | 'files'>,
  { links, days }: { links: Links; days: number },
): FileLinks {
  const read = ({ params }: InboundContext) => {
    try {
      return links.open(params['link'], Link);
    } catch {
      return undefined;
    }
  };
  return {
    linkTo({ id, filename }) {
      // Viber wants a name with an extension at the end; it says nothing here.
      const [, extension = 'bin'] = /\.([a-z0-9]{1,8})$/i.exec(filename) ?? [];
      const base = app.config.url.replace(/\/$/, '');
      return `${base}/inbound/viber/file/${links.seal({ file: id }, { days })}/file.${extension}`;
    },
    isOurs: (ctx) => read(ctx) !== undefined,
    async give(ctx) {
      const { file: id = 0 } = read(ctx) ?? {};
      // Only what belongs to an answer: what is uploaded and not sent is nobody's yet.
      const row: Row | undefined = await ctx
        .db('attachments')
        .join('messages', 'messages.id', 'attachments.messageId')
        .where({ 'attachments.id': id, 'messages.kind': 'outgoing' })
        .first('attachments.sha256', 'attachments.size', 'attachments.contentType');
      if (!row) return ctx.send('', { type: 'text/plain', status: 404 });
      ctx.send(createReadStream(app.files.path(row.sha256)), {
        type: row.contentType,
        headers: {
          'Content-Length': String(row.size),
          'Content-Disposition': 'attachment',
          'Cache-Control': 'private, no-store',
        },
      });
    },
  };
}
