import {
  cleanFileName,
  formatBytes,
  isError,
  type NewAttachment,
  type Upload,
  type VisitorContext,
} from '@helpdesk/core';
import { z } from 'zod';
import { takeTurn } from '../intake/limits.js';
import type { Portal } from '../portal.js';

const MOST = 10;
const MOST_BYTES = 25 * 1024 * 1024;
const File = z.object({
  contactId: z.number(),
  sha256: z.string(),
  filename: z.string(),
  contentType: z.string(),
  size: z.number(),
});

/** A file that came with a form and goes along with it until it is sent. */
export interface KeptFile {
  readonly name: string;
  readonly size: number;
  /** What the form carries: sealed, so that nobody names a file that is not theirs. */
  readonly seal: string;
  readonly attachment: NewAttachment;
}

/**
 * The files of a form: those it kept before and those that came with it now. None is lost when it comes back.
 * @returns with words of what is wrong when they are too big or too many
 */
export async function keepFiles(
  ctx: VisitorContext,
  portal: Portal,
  kept: readonly string[],
): Promise<{ files: KeptFile[]; problem?: string }> {
  const before = kept.slice(0, MOST).flatMap((seal) => openFile(ctx, portal, seal) ?? []);
  const uploads = await readUploads(ctx);
  if (typeof uploads === 'string') return { files: before, problem: uploads };
  const given = uploads.filter(({ field, content }) => field === 'files' && content.length > 0);
  if (before.length + given.length > MOST)
    return { files: before, problem: ctx.t('portal.files.many', { count: MOST }) };
  const fresh: KeptFile[] = [];
  for (const upload of given) {
    const minutes = takeTurn(ctx, 'files');
    if (minutes > 0)
      return { files: [...before, ...fresh], problem: ctx.t('portal.files.often', { count: minutes }) };
    fresh.push(await keepFile(ctx, portal, upload));
  }
  return { files: [...before, ...fresh] };
}

async function readUploads(ctx: VisitorContext): Promise<readonly Upload[] | string> {
  try {
    return await ctx.uploads({ maxBytes: MOST_BYTES });
  } catch (error) {
    if (!isError(error, 'TOO_LARGE')) throw error;
    return ctx.t('portal.files.big', { limit: formatBytes(MOST_BYTES, ctx) });
  }
}

async function keepFile(
  { app, contactId }: VisitorContext,
  { links }: Portal,
  { filename: given, contentType: declared, content }: Upload,
): Promise<KeptFile> {
  const { sha256, size } = await app.files.put(content);
  const filename = cleanFileName(given);
  const contentType = declared.slice(0, 200);
  const seal = links.seal({ contactId, sha256, filename, contentType, size }, { days: 1 });
  return present({ sha256, filename, contentType, size }, seal);
}

function openFile({ contactId }: VisitorContext, { links }: Portal, seal: string): KeptFile | undefined {
  try {
    const file = links.open(seal, File);
    return file.contactId === contactId ? present(file, seal) : undefined;
  } catch {
    // Over, or never ours: the form goes on without it.
    return undefined;
  }
}

const present = (
  { sha256, filename, contentType, size }: Omit<z.infer<typeof File>, 'contactId'>,
  seal: string,
): KeptFile => ({
  name: filename,
  size,
  seal,
  attachment: { sha256, filename, contentType, size, contentId: null, inline: false },
});
