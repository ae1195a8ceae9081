import {
  cleanFileName,
  HEAD_BYTES,
  jsonOrNone,
  servedType,
  type InboundContext,
  type Links,
} from '@helpdesk/core';
import { z } from 'zod';
import { answer, isVisitor, siteOf, Token } from '../visit/entry.js';
import type { Limits } from '../visit/limits.js';
import { findByPass, findVisitor } from '../visitors/visitor.js';
import { FILE_BYTES } from './kept-file.js';
import { sealFile } from './sealed-file.js';

const HEADER_BYTES = 4096;
const About = z.object({ token: Token, name: z.string().max(1000), type: z.string().max(200).default('') });

/**
 * Takes one file before the message that it belongs to, so that a message can be sent again without it. The body is a
 * line of JSON and then the bytes: plain text to the browser, which need not ask beforehand. The page gets a sealed
 * piece of text for it, good for this visitor alone.
 */
export function takeFile({ limits, links }: { limits: Limits; links: Links }) {
  return async (ctx: InboundContext): Promise<void> => {
    const { app, params, raw } = ctx;
    const { visitor } = params;
    const site = await siteOf(ctx);
    if (!site || !isVisitor(visitor)) return answer(ctx, { error: 'unknown' }, 404);
    const end = raw.subarray(0, HEADER_BYTES).indexOf('\n');
    const about = About.safeParse(end < 0 ? undefined : jsonOrNone(raw.toString('utf8', 0, end)));
    if (!about.success) return answer(ctx, { error: 'invalid', fields: ['file'] }, 422);
    const content = raw.subarray(end + 1);
    if (content.length > FILE_BYTES) return answer(ctx, { error: 'too-large' }, 413);
    if (content.length === 0) return answer(ctx, { error: 'invalid', fields: ['file'] }, 422);
    const { token, name, type } = about.data;
    const accountId = site.account.id;
    const isNew = (await findVisitor(app.db, visitor)) === undefined;
    if (!isNew && !(await findByPass(app.db, { accountId, visitor, token })))
      return answer(ctx, { error: 'unknown' }, 404);
    const seconds = limits.file(ctx, visitor, content.length);
    if (seconds > 0) return answer(ctx, { error: 'busy', seconds }, 429);
    const { sha256, size } = await app.files.put(Buffer.from(content));
    // A picture is one by its bytes, whatever the browser called it, and nothing else is.
    const served = servedType(content.subarray(0, HEAD_BYTES), type);
    const contentType = served.isShown || type.startsWith('image/') || type === '' ? served.type : type;
    const file = { sha256, size, filename: cleanFileName(name), contentType };
    answer(ctx, { seal: sealFile(links, { visitor, accountId, file }), name: file.filename, size });
  };
}
